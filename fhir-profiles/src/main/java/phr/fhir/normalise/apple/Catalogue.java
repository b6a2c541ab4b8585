package phr.fhir.normalise.apple;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.SourceTable;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.text.MyNumber;

/** The series of a file. Records of one series mostly follow each other, so those used last are looked at first. */
final class Catalogue {

    static final SourceTable TYPES = SourceTable.of(Catalogue.class, "apple.tsv");

    private static final int MOST = 20_000;
    private static final int RECENT = 8;
    private static final byte[] ADDRESS = Names.ascii("&lt;&lt;HKDevice: 0x");
    private static final byte[] BEHIND_ADDRESS = Names.ascii("&gt;, ");
    private static final byte[][] ATTRIBUTES = {
        Names.TYPE, Names.SOURCE_NAME, Names.SOURCE_VERSION, Names.DEVICE, Names.UNIT
    };
    private static final int DEVICE = 3;

    private final Map<ByteBuffer, Series> all = new HashMap<>();
    private final List<Series> recent = new ArrayList<>();
    private final int[] from = new int[ATTRIBUTES.length];
    private final int[] to = new int[ATTRIBUTES.length];
    private boolean myNumber;

    /**
     * The series of a tag.
     *
     * @return null when type or source is missing
     * @throws CharacterCodingException when one of its texts cannot be read
     */
    @Nullable
    Series of(Tag tag) throws CharacterCodingException {
        byte[] text = tag.text();
        for (int i = 0; i < ATTRIBUTES.length; i++) {
            int found = tag.find(ATTRIBUTES[i]);
            if (found < 0 && i < 2) {
                return null;
            }
            from[i] = found < 0 ? 0 : tag.from(found);
            to[i] = found < 0 ? 0 : tag.to(found);
        }
        from[DEVICE] = behindAddress(text, from[DEVICE], to[DEVICE]);
        for (int i = 0; i < recent.size(); i++) {
            Series series = recent.get(i);
            if (series.is(text, from, to)) {
                if (i > 0) {
                    recent.add(0, recent.remove(i));
                }
                return series;
            }
        }
        return remembered(text);
    }

    /** The same of a workout, whose type is its kind. Workouts are few; nothing is remembered. */
    @Nullable
    Series workout(Tag tag) throws CharacterCodingException {
        String kind = tag.value(Names.ascii("workoutActivityType"));
        String source = tag.value(Names.SOURCE_NAME);
        if (kind == null || source == null) {
            return null;
        }
        int found = tag.find(Names.DEVICE);
        int at = found < 0 ? 0 : behindAddress(tag.text(), tag.from(found), tag.to(found));
        String device = found < 0 ? "" : Tag.decode(tag.text(), at, tag.to(found));
        String version = tag.value(Names.SOURCE_VERSION);
        myNumber |= MyNumber.in(source) || MyNumber.in(device) || version != null && MyNumber.in(version);
        AppleDevice writer = AppleDevice.of(source, version == null ? "" : version, device);
        return new Series(new byte[0][], kind, "", writer, null);
    }

    Collection<Series> all() {
        return all.values();
    }

    /** Whether a text of a series since the last asking looks like a My Number. */
    boolean foundMyNumber() {
        boolean found = myNumber;
        myNumber = false;
        return found;
    }

    private Series remembered(byte[] text) throws CharacterCodingException {
        ByteBuffer key = key(text);
        Series series = all.get(key);
        if (series == null) {
            series = made(text);
            if (all.size() < MOST) {
                all.put(key, series);
                series.remembered = true;
            }
        }
        recent.add(0, series);
        if (recent.size() > RECENT) {
            recent.remove(RECENT);
        }
        return series;
    }

    private Series made(byte[] text) throws CharacterCodingException {
        byte[][] head = new byte[ATTRIBUTES.length][];
        String[] decoded = new String[ATTRIBUTES.length];
        for (int i = 0; i < head.length; i++) {
            head[i] = Arrays.copyOfRange(text, from[i], to[i]);
            decoded[i] = Tag.decode(text, from[i], to[i]);
            myNumber |= MyNumber.in(decoded[i]);
        }
        AppleDevice device = AppleDevice.of(decoded[1], decoded[2], decoded[DEVICE]);
        return new Series(head, decoded[0], decoded[4], device, TYPES.row(decoded[0]));
    }

    private ByteBuffer key(byte[] text) {
        int length = ATTRIBUTES.length;
        for (int i = 0; i < ATTRIBUTES.length; i++) {
            length += to[i] - from[i];
        }
        ByteBuffer key = ByteBuffer.allocate(length);
        for (int i = 0; i < ATTRIBUTES.length; i++) {
            key.put(text, from[i], to[i] - from[i]).put((byte) 0);
        }
        return key.flip();
    }

    /** The address changes from export to export and says nothing (lifelog.md §2.2). */
    private static int behindAddress(byte[] text, int from, int to) {
        int at = from + ADDRESS.length;
        if (at > to || !Arrays.equals(text, from, at, ADDRESS, 0, ADDRESS.length)) {
            return from;
        }
        while (at < to && text[at] != '&') {
            at++;
        }
        int behind = at + BEHIND_ADDRESS.length;
        boolean closed = behind <= to && Arrays.equals(text, at, behind, BEHIND_ADDRESS, 0, BEHIND_ADDRESS.length);
        return closed ? behind : from;
    }
}
