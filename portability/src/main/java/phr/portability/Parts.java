package phr.portability;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;

/** NDJSON files {@code {folder}{Type}.{nnn}.ndjson}, one open per type, a new part before one grows past 256 MiB. */
final class Parts implements Closeable {

    private static final long LARGEST = 256L << 20;

    private final Spool spool;
    private final Map<String, Part> open = new LinkedHashMap<>();
    private final SortedMap<String, Part> done = new TreeMap<>();

    Parts(Spool spool) {
        this.spool = spool;
    }

    /** Appends a resource. @param folder ends with {@code /} */
    void add(String folder, String type, JsonObject resource) throws IOException {
        byte[] line = Json.write(resource);
        Part part = open.get(folder + type);
        if (part != null && part.bytes + line.length + 1 > LARGEST) {
            finish(part);
            part = next(folder, type, part.number + 1);
        } else if (part == null) {
            part = next(folder, type, 1);
        }
        part.append(line, EffectiveTime.of(resource));
    }

    /** Finished parts by path; complete after {@link #close}. */
    SortedMap<String, Part> finished() {
        return done;
    }

    @Override
    public void close() throws IOException {
        for (Part part : open.values()) {
            finish(part);
        }
        open.clear();
    }

    private Part next(String folder, String type, int number) throws IOException {
        String path = folder + type + String.format(Locale.ROOT, ".%03d.ndjson", number);
        Part part = new Part(path, type, number, spool.create(path));
        open.put(folder + type, part);
        return part;
    }

    private void finish(Part part) throws IOException {
        part.out.close();
        done.put(part.path, part);
    }

    /** One file of one type. */
    static final class Part {
        final String path;
        final String type;
        private final int number;
        private final OutputStream out;
        private long bytes;
        int count;

        @Nullable
        String first;

        @Nullable
        String last;

        private Part(String path, String type, int number, OutputStream out) {
            this.path = path;
            this.type = type;
            this.number = number;
            this.out = out;
        }

        private void append(byte[] line, @Nullable String time) throws IOException {
            out.write(line);
            out.write('\n');
            bytes += line.length + 1;
            count++;
            if (time != null) {
                first = first == null || time.compareTo(first) < 0 ? time : first;
                last = last == null || time.compareTo(last) > 0 ? time : last;
            }
        }
    }
}
