package phr.consent.trace;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The sentences of a trace. They name elements and rules, never what a record or a directive says. */
public final class Sentences {

    private static final Map<Element, Sentence> FAILED = new EnumMap<>(Map.ofEntries(
            Map.entry(Element.PERSON, new Sentence("別の方の同意です。", "It is about another person.")),
            Map.entry(Element.STATE, new Sentence("この同意は有効な状態ではありません。", "Its state has no effect.")),
            Map.entry(
                    Element.LIFE_STAGE,
                    new Sentence("本人の年齢や状況により、この同意は使えません。", "The person's stage of life takes its effect away.")),
            Map.entry(Element.PHASE, new Sentence("生前・死後の別が合いません。", "It is for another phase: life, or after death.")),
            Map.entry(Element.VALIDITY, new Sentence("有効期間の外です。", "It is not valid at this time.")),
            Map.entry(Element.PURPOSE, new Sentence("利用目的が合いません。", "It names other purposes.")),
            Map.entry(Element.GRANTEE, new Sentence("相手が合いません。", "It names somebody else.")),
            Map.entry(Element.COUNTRY, new Sentence("提供先の国が合いません。", "It names other countries.")),
            Map.entry(Element.ACTION, new Sentence("行為が合いません。", "It names other actions.")),
            Map.entry(Element.SELECTOR, new Sentence("対象のデータではありません。", "It chooses other data.")),
            Map.entry(Element.LABELS, new Sentence("機微性の区分が合いません。", "Its sensitivity labels do not fit.")),
            Map.entry(
                    Element.DATA_PERIOD,
                    new Sentence("データの時期が期間に合いません。", "The time of the data does not fit its period."))));

    private Sentences() {}

    /** Why a directive did nothing. */
    public static Sentence failed(Element element) {
        return Objects.requireNonNull(FAILED.get(element));
    }
}
