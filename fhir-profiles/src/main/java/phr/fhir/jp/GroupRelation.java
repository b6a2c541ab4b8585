package phr.fhir.jp;

/** How an item belongs to its group (一連検査), checkup-cda.md §6.2. */
public enum GroupRelation {
    COMP,
    RSON,
    /** 対象者; written as {@code RSON}, since the schema knows no RSON1. */
    RSON1;

    /** The relation in XML and in FHIR: {@code COMP} or {@code RSON}. */
    public String code() {
        return this == COMP ? "COMP" : "RSON";
    }
}
