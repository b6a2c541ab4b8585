package phr.fhir.jp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables as the official ones count them (checkup-cda.md §8, §10, §12). */
class CheckupItemsTest {

    @Test
    void bothGenerationsHaveTheirNumberOfItems() {
        assertEquals(322, CheckupItems.of(Generation.FY2024).size());
        assertEquals(299, CheckupItems.of(Generation.FY2018).size());
        assertEquals(323, CheckupItems.all().size());
    }

    @Test
    void theTypesAreCountedAsInTheTable() {
        var counts = CheckupItems.of(Generation.FY2024).stream()
                .collect(Collectors.groupingBy(CheckupItem::type, Collectors.counting()));

        assertEquals(121, counts.get(ValueType.CD));
        assertEquals(103, counts.get(ValueType.PQ));
        assertEquals(77, counts.get(ValueType.ST));
        assertEquals(21, counts.get(ValueType.CO));
    }

    @Test
    void smokingHasAnotherAnswerListInEachGeneration() {
        CheckupItem smoking = CheckupItems.find("9N736000000000011").orElseThrow();

        assertEquals(
                "1.2.392.200119.6.2003",
                smoking.in(Generation.FY2018).orElseThrow().answerOid());
        assertEquals(
                "1.2.392.200119.6.24060",
                smoking.in(Generation.FY2024).orElseThrow().answerOid());
        assertEquals(Optional.empty(), smoking.onlyAnswerOid());
        assertEquals(Optional.of("いいえ"), AnswerLists.display("1.2.392.200119.6.2003", "2"));
        assertEquals(Optional.of("以前は吸っていたが、最近1ヶ月間は吸っていない"), AnswerLists.display("1.2.392.200119.6.24060", "2"));
    }

    @Test
    void sixItemsChangedTheirAnswerListAndThreeTheirMethod() {
        assertEquals(
                6,
                CheckupItems.all().stream()
                        .filter(item -> item.generations().size() == 2)
                        .filter(item -> item.generations().values().stream()
                                        .map(ItemCoding::answerOid)
                                        .distinct()
                                        .count()
                                == 2)
                        .count());
        assertEquals(
                "3D04610000",
                CheckupItems.find("3D046000001920402")
                        .orElseThrow()
                        .in(Generation.FY2018)
                        .orElseThrow()
                        .methodCode());
    }

    @Test
    void everyAnswerListOfTheTableIsKnownButTheUnpublishedOne() {
        for (CheckupItem item : CheckupItems.all()) {
            item.generations().values().stream()
                    .flatMap(coding -> Optional.ofNullable(coding.answerOid()).stream())
                    .filter(oid -> !oid.equals("1.2.392.200119.6.2006"))
                    .forEach(oid -> assertFalse(AnswerLists.codes(oid).isEmpty(), oid));
        }
    }

    @Test
    void listsThatReverseEachOtherAreKeptApart() {
        assertEquals(Optional.of("はい"), AnswerLists.display("1.2.392.200119.6.2008", "0"));
        assertEquals(Optional.of("いいえ"), AnswerLists.display("1.2.392.200119.6.2009", "0"));
        assertEquals(Optional.of("陽性"), AnswerLists.display("1.2.392.200119.6.2100", "1"));
        assertEquals(Optional.of("陰性"), AnswerLists.display("1.2.392.200119.6.2101", "1"));
        assertEquals(Optional.empty(), AnswerLists.display("1.2.392.200119.6.2006", "1"));
    }

    @Test
    void theFourthPeriodBeginsInApril2024() {
        assertEquals(Generation.FY2018, Generation.on(LocalDate.of(2024, 3, 31)));
        assertEquals(Generation.FY2024, Generation.on(LocalDate.of(2024, 4, 1)));
    }

    @Test
    void everyGroupOfTheTableHasACodeButTheOneThatFhirLacks() {
        for (CheckupItem item : CheckupItems.all()) {
            if (item.group() != null) {
                assertEquals(
                        !item.group().equals("9N556000000000011"),
                        CheckupGroups.code(item.group(), List.of(item.code())).isPresent());
            }
        }
    }

    @Test
    void deletionAndGuidanceAreNoResults() {
        for (String code : List.of("19", "49", "69", "79", "89")) {
            assertEquals(
                    ReportCategory.Kind.DELETION,
                    ReportCategory.find(code).orElseThrow().kind());
        }
        assertEquals(
                ReportCategory.Kind.GUIDANCE,
                ReportCategory.find("22").orElseThrow().kind());
        assertTrue(ReportCategory.find("98").isEmpty());
    }
}
