package phr.fhir.normalise.vendor.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a column, or a setting of a kind, is for. Written in lower case with hyphens; {@code ?} behind it = may be missing. */
public enum Role {
    /** Setting: {@code csv} (when absent), {@code json}, {@code xml}, {@code sqlite} or {@code fit}. */
    READER(true),
    /**
     * Setting: what the file calls itself in its first line, the list of a JSON object, the root element of an XML file
     * ({@code root} or <code>{namespace}root</code>), the table of a database, or the number of a FIT message.
     */
    NAME(true),
    /** Setting: a pattern of file names that are of this kind; the content alone does not tell. */
    FILE(true),
    /** Setting: beginning of column names that is left out. */
    PREFIX(true),
    /**
     * Setting: a list inside each record whose elements are the rows; {@code ^name} is then a field of the record. In an XML file
     * the path of the rows from the root, {@code root/list/row}; {@code ^name} is then what stands outside of them.
     */
    EACH(true),
    /** Setting: a table that {@code parent_key} points into; {@code ^name} is then a column of it. */
    PARENT(true),
    /**
     * Setting: what times are that say no offset, {@code utc}, {@code local} (when absent) or {@code probe}: local when any start
     * is later than its {@link #RECORDED}, which is UTC.
     */
    ZONE(true),
    /** Setting: earlier times of day belong to the day after the date that is written, e.g. {@code 04:00}. */
    DAY_START(true),
    /** Setting: the rows summarise; how, for people. */
    SUMMARY(true),
    /**
     * Setting: the consent category of the file. It makes the kind one of records (健診, 予防接種, 調剤, 医療費) instead of measurements;
     * without columns that hold a result the file is kept under this category and nothing is mapped.
     */
    CATEGORY(true),
    /** Setting: what the rows of records become, {@code observation} (when absent), {@code immunization}, {@code dispense} or {@code cost}. */
    RESOURCE(true),
    /** Setting: code of the document in {@code http://phr.or.jp/fhir/CodeSystem/document-type}. */
    TYPE(true),
    /** Setting: what the file is called, for people. */
    TITLE(true),
    /** Setting: version of the table, named by Provenance. */
    VERSION(true),
    /** Setting: HL7 category of results whose item has none of its own, {@code exam} when absent. */
    OBSERVED(true),
    /** Begin or moment; the detail lists formats. */
    START(false),
    END(false),
    /** Date alone, with {@link #TIME} beside it. */
    DATE(false),
    TIME(false),
    /** A whole day. */
    DAY(false),
    /** Length, in the unit of the row. */
    DURATION(false),
    /** Seconds behind the start. */
    PLUS(false),
    /** Offset from UTC: {@code UTC+0900}, {@code +09:00}, or a number in the unit of the row ({@code s}, {@code ms}, {@code min}). */
    OFFSET(false),
    /** When the row was recorded, in UTC. */
    RECORDED(false),
    /** Name of the sample within the source. */
    ID(false),
    DEVICE(false),
    APP(false),
    NOTE(false),
    /** The detail lists the values that mean: typed in by the person. */
    MANUAL(false),
    /** Rows with other values than the detail lists are left out; {@code !} before the list: rows with these are goals. */
    WHERE(false),
    /** Unit of the values of the group, as written. */
    UNIT(false),
    /** A measured value; the detail is the metric. */
    VALUE(false),
    /** A kind of exercise; the detail lists {@code code=kind}, others are {@code otherWorkout}. The values are its parts. */
    WORKOUT(false),
    /** A stage of sleep; the detail lists {@code code=stage}. */
    STAGE(false),
    /** Records: a month; the detail lists formats. */
    MONTH(false),
    /** Records: birth date of the person; a row with another one than the account's is not hers. */
    BORN(false),
    /**
     * Records: the result of an item of the checkup or municipal table; the detail is its code, and behind it
     * {@code |written=answer} for answers that are not written as codes.
     */
    ITEM(false),
    /** Records: a number of an item outside the tables; the detail is <code>system#code display</code>. */
    NUMBER(false),
    /** Records: a coded answer of such an item; behind the item <code>|written=system#code display</code>. */
    ANSWER(false),
    /** Records: a text of such an item. */
    TEXT(false),
    /** Records with one result a row: the item; the detail lists {@code written=code}. */
    CODE(false),
    /** Records with one result a row: the result. */
    RESULT(false),
    /** Records: a vaccine; the detail lists <code>written=system#code display</code>. */
    VACCINE(false),
    LOT(false),
    /** Which dose of a series. */
    DOSE(false),
    /** Records: a medicine by its name. */
    MEDICINE(false),
    /** Records: its code; the detail is the system. */
    MEDICINE_CODE(false),
    /** Records: how much of it was handed over; {@link #UNIT} or the unit of the row. */
    AMOUNT(false),
    /** Records: how to take it. */
    USAGE(false),
    /** Records: for how many days. */
    SUPPLY(false),
    /** Records: where it was done. */
    FACILITY(false),
    /** Records: yen; the detail says what for: a code of the HL7 adjudication codes and a display, {@code submitted 医療費の総額}. */
    COST(false),
    /** Known to stay in the original. */
    IGNORE(false);

    private final boolean setting;

    Role(boolean setting) {
        this.setting = setting;
    }

    boolean setting() {
        return setting;
    }

    /** Whether a row holds something when such a column is filled. */
    public boolean result() {
        return switch (this) {
            case VALUE, STAGE, WORKOUT, ITEM, NUMBER, ANSWER, TEXT, RESULT, VACCINE, MEDICINE, COST -> true;
            default -> false;
        };
    }

    /** Whether the column is for kinds of records only. */
    boolean forRecords() {
        return compareTo(MONTH) >= 0 && this != IGNORE || this == TYPE || this == TITLE || this == RESOURCE;
    }

    /** Whether a file without such a column is of another kind. */
    boolean tells() {
        return !setting && this != IGNORE;
    }

    static @Nullable Role parse(String written) {
        for (Role role : values()) {
            if (role.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(written)) {
                return role;
            }
        }
        return null;
    }
}
