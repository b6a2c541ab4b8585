package phr.fhir.jp;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One checkup item (健診項目) of the MHLW tables.
 *
 * @param code 17 characters, system {@link CheckupSystem#ITEM}
 * @param format PQ: digit pattern ({@code NNN.N}); CD, CO: {@code N}, {@code NN}; ST: maximum bytes
 * @param displayUnit printed unit
 * @param xmlUnit unit in XML
 * @param group key of the 一連検査 group: the item code of a member
 * @param authorItem item that names the physician; it sits in {@code author}, never in an observation
 * @param dependsOn item whose answer decides whether this one is expected
 * @param obligation letter or digit of 特定健診 (checkup-cda.md §8.1)
 * @param categoryNo 10 身体計測 … 900 後期質問票
 * @param generations name, answer list and method by generation; a missing key means that generation lacks the item
 */
public record CheckupItem(
        String code,
        ValueType type,
        String format,
        @Nullable String displayUnit,
        @Nullable String xmlUnit,
        @Nullable String group,
        @Nullable GroupRelation relation,
        @Nullable String authorItem,
        @Nullable String dependsOn,
        String obligation,
        int categoryNo,
        Map<Generation, ItemCoding> generations) {

    public CheckupItem {
        generations = Map.copyOf(generations);
    }

    /** The newest display name. */
    public String name() {
        ItemCoding newest = generations.get(Generation.FY2024);
        return (newest == null ? generations.values().iterator().next() : newest).name();
    }

    public Optional<ItemCoding> in(Generation generation) {
        return Optional.ofNullable(generations.get(generation));
    }

    /** Whether either generation knows the item under this answer list. */
    public boolean answersFrom(String oid) {
        return generations.values().stream().anyMatch(coding -> oid.equals(coding.answerOid()));
    }

    /** The answer list when it is the same in every generation that has the item. */
    public Optional<String> onlyAnswerOid() {
        var oids = generations.values().stream()
                .flatMap(coding -> Optional.ofNullable(coding.answerOid()).stream())
                .distinct()
                .toList();
        return oids.size() == 1 ? Optional.of(oids.get(0)) : Optional.empty();
    }
}
