package phr.fhir.normalise.apple;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.normalise.tag.TagScanner;
import phr.fhir.text.MyNumber;

/** What stands below an element: metadata, beats. Metadata keys may repeat; the first one counts. */
final class Details {

    private static final int MOST_BEATS = 100_000;
    /** Keys that anything is made of; there are many others, and millions of them. */
    private static final List<byte[]> KEYS = List.of(
            Names.ascii("HKTimeZone"), Names.ascii("HKBloodGlucoseMealTime"), Names.ascii("HKElevationAscended"));

    private static final int LONGEST = 200;
    private static final byte[] ENTERED = Names.ascii("HKWasUserEntered");
    private static final int MY_NUMBER = 12;

    /** A child that somebody else reads. */
    interface Children {

        /** @return false when the child is of no interest */
        boolean child(Tag tag) throws IOException;
    }

    private final AppleFile file;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Integer> beats = new ArrayList<>();
    private boolean manual;

    Details(AppleFile file) {
        this.file = file;
    }

    /** Reads everything below the current start tag; the scanner is then on its end tag. */
    void read(TagScanner scanner, String element, Children others) throws IOException {
        metadata.clear();
        beats.clear();
        manual = false;
        int depth = scanner.depth();
        while (scanner.next()) {
            Tag tag = scanner.tag();
            if (tag.kind() == Tag.Kind.END) {
                if (scanner.depth() == depth) {
                    return;
                }
            } else if (tag.is(Names.METADATA_ENTRY)) {
                entry(tag, element, scanner);
            } else if (tag.is(Names.BEAT)) {
                beat(tag);
            } else if (!tag.is(Names.BEATS) && !others.child(tag)) {
                file.tally.add(Tally.Reason.KEPT, element + "/" + shown(tag), "", scanner.line());
                scanner.skip();
            }
        }
    }

    /** The person typed it in. */
    boolean manual() {
        return manual;
    }

    /** The zone the device was in, when it is one. */
    @Nullable
    String zone() {
        String zone = metadata.get("HKTimeZone");
        try {
            return zone == null ? null : ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Nullable
    String metadata(String key) {
        return metadata.get(key);
    }

    /** Beats per minute, one heart beat after the other. */
    List<Integer> beats() {
        return beats;
    }

    private void entry(Tag tag, String element, TagScanner scanner) {
        int key = tag.find(Names.KEY);
        int value = tag.find(Names.VALUE);
        if (key < 0 || value < 0) {
            return;
        }
        byte[] text = tag.text();
        if (same(text, tag.from(key), tag.to(key), ENTERED)) {
            manual |= tag.to(value) - tag.from(value) == 1 && text[tag.from(value)] == '1';
            return;
        }
        try {
            if (tag.to(value) - tag.from(value) >= MY_NUMBER && digits(text, tag.from(value), tag.to(value))) {
                look(tag, element, scanner);
            }
            if (wanted(text, tag.from(key), tag.to(key)) && tag.to(value) - tag.from(value) < LONGEST) {
                metadata.putIfAbsent(
                        Tag.decode(text, tag.from(key), tag.to(key)), Tag.decode(text, tag.from(value), tag.to(value)));
            }
        } catch (CharacterCodingException e) {
            file.tally.add(Tally.Reason.TEXT, element + "/MetadataEntry", "", scanner.line());
        }
    }

    private static boolean wanted(byte[] text, int from, int to) {
        for (byte[] key : KEYS) {
            if (same(text, from, to, key)) {
                return true;
            }
        }
        return false;
    }

    private void look(Tag tag, String element, TagScanner scanner) throws CharacterCodingException {
        String value = tag.value(Names.VALUE);
        if (value != null && MyNumber.in(value)) {
            file.file.refuseOriginal("line " + scanner.line() + " " + element + "/MetadataEntry");
        }
    }

    private void beat(Tag tag) {
        int found = tag.find(Names.BPM);
        if (found < 0 || beats.size() >= MOST_BEATS || tag.to(found) - tag.from(found) > 3) {
            return;
        }
        int bpm = 0;
        for (int i = tag.from(found); i < tag.to(found); i++) {
            int digit = tag.text()[i] - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            bpm = bpm * 10 + digit;
        }
        if (bpm > 0) {
            beats.add(bpm);
        }
    }

    private static String shown(Tag tag) {
        String name = tag.name();
        return name.matches("[A-Za-z]{1,60}") ? name : "?";
    }

    private static boolean same(byte[] text, int from, int to, byte[] other) {
        return java.util.Arrays.equals(text, from, to, other, 0, other.length);
    }

    private static boolean digits(byte[] text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += text[i] >= '0' && text[i] <= '9' || text[i] < 0 ? 1 : 0;
        }
        return count >= MY_NUMBER;
    }
}
