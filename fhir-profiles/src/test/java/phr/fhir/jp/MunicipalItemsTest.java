package phr.fhir.jp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of 自治体検診 (checkup-fhir.md §10). */
class MunicipalItemsTest {

    @Test
    void allScreeningsAreThereWithTheirItems() {
        Map<String, Long> counts = MunicipalItems.all().stream()
                .collect(Collectors.groupingBy(MunicipalItem::screening, TreeMap::new, Collectors.counting()));

        assertEquals(166, MunicipalItems.all().size());
        assertEquals(
                Map.of("51", 14L, "52", 10L, "53", 12L, "54", 14L, "55", 10L, "56", 19L, "57", 44L, "58", 43L), counts);
    }

    @Test
    void codedItemsHaveAListNumbersAndTextsHaveNone() {
        for (MunicipalItem item : MunicipalItems.all()) {
            String list = item.item().onlyAnswerOid().orElse("");
            assertEquals(
                    item.item().type() == ValueType.CD,
                    list.startsWith(MunicipalItems.ANSWERS),
                    item.item().code());
            assertEquals(17, item.item().code().length());
            assertTrue(Set.of(1, 2).contains(item.stage()));
            assertTrue(CheckupCategory.of(item.category()).isPresent(), item.category());
        }
    }
}
