package phr.fhir.normalise.vendor.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a column, or a setting of a kind, is for. Written in lower case with hyphens; {@code ?} behind it = may be missing. */
public enum Role {
    /** Setting: {@code csv} (when absent), {@code json}, {@code sqlite} or {@code fit}. */
    READER(true),
    /**
     * Setting: what the file calls itself in its first line, the list of a JSON object, the table of a
     * database, or the number of a FIT message.
     */
    NAME(true),
    /** Setting: a pattern of file names that are of this kind; the content alone does not tell. */
    FILE(true),
    /** Setting: beginning of column names that is left out. */
    PREFIX(true),
    /** Setting: a list inside each record whose elements are the rows; {@code ^name} is then a field of the record. */
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
    /** Known to stay in the original. */
    IGNORE(false);

    private final boolean setting;

    Role(boolean setting) {
        this.setting = setting;
    }

    boolean setting() {
        return setting;
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
