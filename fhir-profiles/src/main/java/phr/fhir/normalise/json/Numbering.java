package phr.fhir.normalise.json;

import java.util.function.Supplier;

/** Names the piece at hand only when somebody asks: most pieces have nothing to report. */
final class Numbering implements Supplier<String> {

    private final String before;
    private final String after;
    private int number;

    Numbering(String before, String after) {
        this.before = before;
        this.after = after;
    }

    Numbering at(int number) {
        this.number = number;
        return this;
    }

    @Override
    public String get() {
        return before + number + after;
    }
}
