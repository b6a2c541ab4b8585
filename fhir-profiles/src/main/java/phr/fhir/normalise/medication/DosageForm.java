package phr.fhir.normalise.medication;

import java.util.HashMap;
import java.util.Map;
import phr.fhir.text.TsvTable;

/**
 * What 用量 and 数量 mean for a 剤形, {@code forms.tsv} (medication-notebook.md §5).
 *
 * @param amount what the amount of a medicine is for
 * @param count what the number of a usage counts
 */
record DosageForm(Amount amount, Count count) {

    enum Amount {
        DAY("1日量"),
        DOSE("1回量"),
        TOTAL("全量"),
        UNKNOWN("用量");

        private final String japanese;

        Amount(String japanese) {
            this.japanese = japanese;
        }

        String japanese() {
            return japanese;
        }
    }

    enum Count {
        DAYS,
        DOSES,
        /** Always one. */
        ONE,
        UNKNOWN
    }

    private static final DosageForm UNKNOWN = new DosageForm(Amount.UNKNOWN, Count.UNKNOWN);
    private static final Map<String, DosageForm> FORMS = load();

    /** @param code 剤形, empty = not stated */
    static DosageForm of(String code) {
        return FORMS.getOrDefault(code, UNKNOWN);
    }

    private static Map<String, DosageForm> load() {
        Map<String, DosageForm> forms = new HashMap<>();
        for (String[] row : TsvTable.load(DosageForm.class, "forms.tsv").rows()) {
            Amount amount =
                    switch (row[1]) {
                        case "day" -> Amount.DAY;
                        case "dose" -> Amount.DOSE;
                        default -> Amount.TOTAL;
                    };
            Count count =
                    switch (row[2]) {
                        case "days" -> Count.DAYS;
                        case "doses" -> Count.DOSES;
                        default -> Count.ONE;
                    };
            forms.put(row[0], new DosageForm(amount, count));
        }
        return forms;
    }
}
