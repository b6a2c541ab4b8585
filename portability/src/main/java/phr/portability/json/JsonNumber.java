package phr.portability.json;

/** A number as it was written: {@code 5.0} stays different from {@code 5.00}. */
public record JsonNumber(String text) {

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** @throws NumberFormatException when it is no whole number of 64 bits */
    public long longValue() {
        return Long.parseLong(text);
    }
}
