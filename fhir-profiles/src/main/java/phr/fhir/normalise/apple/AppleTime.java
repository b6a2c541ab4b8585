package phr.fhir.normalise.apple;

import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.WrittenTime;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.sample.Moment;

/** Times as Apple writes them, {@code 2026-03-01 07:10:00 +0900}. Not thread-safe. */
final class AppleTime {

    private static final int LENGTH = 25;

    private final byte[] scratch = new byte[LENGTH];

    /** The time of an attribute; null when it is absent, has no offset or is impossible. */
    @Nullable
    Moment of(Tag tag, byte[] attribute) {
        int found = tag.find(attribute);
        return found < 0 ? null : of(tag.text(), tag.from(found), tag.to(found));
    }

    private @Nullable Moment of(byte[] text, int from, int to) {
        if (to - from != LENGTH || text[from + 10] != ' ' || text[from + 19] != ' ') {
            return null;
        }
        System.arraycopy(text, from, scratch, 0, 19);
        scratch[10] = 'T';
        System.arraycopy(text, from + 20, scratch, 19, 3);
        scratch[22] = ':';
        System.arraycopy(text, from + 23, scratch, 23, 2);
        boolean lived = scratch[0] == '2' && scratch[1] <= '1' || scratch[0] == '1' && scratch[1] == '9';
        return lived ? Moment.parse(scratch, 0, LENGTH) : null;
    }

    /** A time without offset is the person's: Asia/Tokyo. Null when it is no time either. */
    static @Nullable Moment assumed(Tag tag, byte[] attribute) {
        try {
            String written = tag.value(attribute);
            WrittenTime time = written == null ? null : WrittenTime.parse(written);
            return time == null || !time.assumedZone() ? null : Moment.parse(time.fhir());
        } catch (DateTimeException | CharacterCodingException e) {
            return null;
        }
    }
}
