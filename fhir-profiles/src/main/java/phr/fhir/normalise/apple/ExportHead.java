package phr.fhir.normalise.apple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What the first bytes of a file tell. Names are localised, so contents count as well (lifelog.md §2.2). */
final class ExportHead {

    private static final Pattern ROOT = Pattern.compile("<(?:!DOCTYPE\\s+)?HealthData[\\s>\\[]");
    private static final int PEEK = 4096;

    private ExportHead() {}

    static boolean zip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && (head[2] == 3 || head[2] == 5);
    }

    /** An export on its own. */
    static boolean xml(byte[] head) {
        return head.length > 0 && !zip(head) && ROOT.matcher(text(head, PEEK)).find();
    }

    /** An archive with an export in it, as far as its beginning shows. */
    static boolean archive(byte[] head) {
        if (!zip(head)) {
            return false;
        }
        if (named(text(head, head.length))) {
            return true;
        }
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(head), StandardCharsets.ISO_8859_1)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (ours(text(in.readNBytes(PEEK), PEEK))) {
                    return true;
                }
            }
            return false;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean named(String text) {
        return text.contains("apple_health_export/")
                || text.contains("/workout-routes/route_")
                || text.contains("/electrocardiograms/ecg_");
    }

    /** The root of an export, or a route that the same application wrote. */
    private static boolean ours(String text) {
        boolean route = text.toLowerCase(Locale.ROOT).contains("creator=\"apple health export\"");
        return route || ROOT.matcher(text).find();
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, Math.min(length, bytes.length), StandardCharsets.ISO_8859_1);
    }
}
