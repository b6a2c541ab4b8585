package phr.fhir.normalise.medication.record;

import phr.fhir.normalise.medication.part.Faults;

/** Rules between the fields of one record (S-8, S-9, S-12). A finding never takes the line out. */
final class RecordRules {

    private static final String NONE = "1";

    private final Header header;
    private final Faults faults;

    RecordRules(Header header, Faults faults) {
        this.header = header;
        this.faults = faults;
    }

    void check(NotebookRecord record) {
        switch (record.number()) {
            case "201" -> {
                code(record, "code-type", "code", "薬品コード");
                generic(record);
            }
            case "301" -> {
                code(record, "code-type", "code", "用法コード");
                usage(record);
            }
            case "31" -> code(record, "code-type", "code", "成分コード");
            default -> {
                // no rule between fields
            }
        }
    }

    private void code(NotebookRecord record, String type, String code, String name) {
        if (record.text(type) != null && !record.code(type).equals(NONE) && record.text(code) == null) {
            required(record, "S-8", name + " is required unless its 種別 is 1");
        }
    }

    private void generic(NotebookRecord record) {
        String type = record.code("generic-code-type");
        boolean there = record.text("generic-code") != null;
        if (type.equals("2") && !there) {
            required(record, "S-9", "一般名コード is required when its 種別 is 2");
        } else if (type.equals(NONE) && there) {
            faults.warning("business-rule", "S-9", "一般名コード although its 種別 is 1; not taken", record.place());
        }
    }

    private void usage(NotebookRecord record) {
        String form = record.code("form");
        boolean material = form.equals("9") || form.equals("10");
        if (header.toPatient() && !material && record.text("name") == null) {
            required(record, "S-12", "用法名称 is required");
        }
    }

    private void required(NotebookRecord record, String rule, String text) {
        faults.warning("required", rule, text, record.place());
    }
}
