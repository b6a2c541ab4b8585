package phr.fhir.normalise.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.Tally;
import phr.fhir.normalise.zip.ZipDirectory;

/** An archive of vendor files. Only the last part of an entry's name is looked at, and none is shown: people's names stand there. */
final class VendorArchive {

    private static final int MOST_ENTRIES = 100_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024 * 1024;
    private static final Pattern LOCAL_HEADER = Pattern.compile("PK\u0003\u0004");

    /** Reads one entry. */
    interface Files {

        /** Whether files of this extension are read. */
        boolean reads(String extension);

        void file(String extension, String name, Content content, String place) throws IOException;
    }

    private VendorArchive() {}

    static boolean zip(byte[] head) {
        return head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    }

    /** Extensions of the entries whose names stand in the beginning of an archive. */
    static Set<String> extensions(byte[] head) {
        String text = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1);
        Set<String> extensions = new TreeSet<>();
        Matcher header = LOCAL_HEADER.matcher(text);
        while (header.find()) {
            int at = header.start();
            if (at + 30 <= text.length()) {
                int length = text.charAt(at + 26) | text.charAt(at + 27) << 8;
                String name = text.substring(at + 30, Math.min(text.length(), at + 30 + length));
                if (!name.endsWith("/")) {
                    extensions.add(extension(name));
                }
            }
        }
        return extensions;
    }

    static void read(Content content, Files files, Measurements out) throws IOException {
        ZipDirectory directory = ZipDirectory.read(content);
        long total = directory.entries().stream()
                .mapToLong(ZipDirectory.Entry::size)
                .reduce(0, (sum, size) -> Math.min(MOST_BYTES + 1, sum + Math.min(MOST_BYTES + 1, size)));
        if (directory.entries().size() > MOST_ENTRIES || total > MOST_BYTES) {
            throw Failure.of(Category.TOO_LARGE, "VND-14", "the archive holds more than is read")
                    .exception();
        }
        int number = 0;
        for (ZipDirectory.Entry entry : directory.entries()) {
            number++;
            String extension = extension(entry.name());
            if (entry.name().endsWith("/") || entry.name().contains("__MACOSX/")) {
                continue;
            }
            String place = "entry " + number + ", ";
            if (!files.reads(extension)) {
                out.tally().add(Tally.Reason.UNKNOWN_TYPE, "file." + extension, "entry " + number);
                continue;
            }
            try {
                files.file(extension, last(entry.name()), new Part(directory, entry), place);
            } catch (FailureException e) {
                String in = "entry " + number;
                e.failure().issues().forEach(issue -> out.file().issue(issue.in(in)));
            }
        }
    }

    private static String last(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private static String extension(String name) {
        String last = last(name);
        int dot = last.lastIndexOf('.');
        String extension = dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
        return extension.matches("[a-z0-9]{1,8}") ? extension : "";
    }

    /** One entry as content. */
    private record Part(ZipDirectory directory, ZipDirectory.Entry entry) implements Content {

        @Override
        public long size() {
            return entry.size();
        }

        @Override
        public Sha256 sha256() {
            throw new IllegalStateException("an entry is no original");
        }

        @Override
        public InputStream open() throws IOException {
            return directory.open(entry);
        }
    }
}
