package phr.fhir.normalise.sleep;

/**
 * Who observed a night.
 *
 * @param name normalised name of the source
 * @param model of its device, empty = not stated
 * @param rank which of several is believed: the lower one
 */
public record SleepSource(String name, String model, int rank) {

    public static final int WATCH = 0;
    public static final int PHONE = 1;
    public static final int APP = 2;
}
