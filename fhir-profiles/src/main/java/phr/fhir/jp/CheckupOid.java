package phr.fhir.jp;

/** OIDs of the checkup documents, {@code 1.2.392.200119.6.*} (checkup-cda.md §3). */
public enum CheckupOid {
    INSURER("101"),
    FACILITY("102"),
    SYMBOL("204"),
    NUMBER("205"),
    BRANCH("211"),
    TICKET_KIND("208"),
    REPORT_CATEGORY("1001"),
    PROGRAM("1002"),
    ITEM("1005"),
    METHOD("1007"),
    TEMPLATE("1009"),
    SECTION("1010"),
    SEX("1104");

    /** Root of all of them, with trailing dot. */
    public static final String ROOT = "1.2.392.200119.6.";

    private final String suffix;

    CheckupOid(String suffix) {
        this.suffix = suffix;
    }

    public String oid() {
        return ROOT + suffix;
    }

    public String urn() {
        return "urn:oid:" + oid();
    }

    public boolean is(String other) {
        return oid().equals(other);
    }
}
