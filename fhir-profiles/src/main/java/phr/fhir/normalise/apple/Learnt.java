package phr.fhir.normalise.apple;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.NamedIds;
import phr.fhir.normalise.Intake;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

/** What the first record of a series taught: the shape of all, and the beginning of their names. Not thread-safe. */
final class Learnt {

    /** Such records do not become samples. */
    static final Learnt UNFIT = new Learnt(null, null);

    private final @Nullable Shape shape;
    private final @Nullable NamedIds ids;

    private Learnt(@Nullable Shape shape, @Nullable NamedIds ids) {
        this.shape = shape;
        this.ids = ids;
    }

    static Learnt of(Shape shape, Intake intake) {
        String beginning = intake.account().person() + "|" + shape.namespace() + "|" + shape.prefix();
        return new Learnt(shape, new NamedIds(Ids.namespace(intake.ownNamespace()), beginning));
    }

    /**
     * Null when such records do not become samples.
     *
     * @param value null when the shape has no number
     */
    @Nullable
    Sample sample(Keys keys, Moment start, Moment end, @Nullable Decimal value, byte[] text, int from, int to) {
        if (shape == null || ids == null) {
            return null;
        }
        byte[] key = keys.of(start, end, text, from, to);
        Moment until = start.micros() == end.micros() ? null : end;
        return new Sample(
                shape,
                ids.of(key, 0, key.length),
                Keys.text(key),
                start,
                until,
                null,
                value == null ? List.of() : List.of(value));
    }
}
