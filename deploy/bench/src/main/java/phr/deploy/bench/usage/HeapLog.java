package phr.deploy.bench.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of garbage collections of a server ({@code -Xlog:gc}).
 *
 * @param peak highest use of the heap before a collection, bytes
 * @param live highest use right after one
 * @param pauses seconds that the program stood still
 */
public record HeapLog(long peak, long live, double pauses) {

    private static final Pattern LINE = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\) (\\d+\\.\\d+)ms");
    private static final long MEGA = 1024L * 1024;

    public static HeapLog read(Path log) throws IOException {
        return read(log, 0);
    }

    public static int lines(Path log) throws IOException {
        return Files.readAllLines(log).size();
    }

    /** @param from first line that counts */
    public static HeapLog read(Path log, int from) throws IOException {
        long peak = 0;
        long live = 0;
        double pauses = 0;
        List<String> lines = Files.readAllLines(log);
        for (String line : lines.subList(from, lines.size())) {
            Matcher collection = LINE.matcher(line);
            if (collection.find()) {
                peak = Math.max(peak, Long.parseLong(collection.group(1)) * MEGA);
                live = Math.max(live, Long.parseLong(collection.group(2)) * MEGA);
                pauses += Double.parseDouble(collection.group(3)) / 1e3;
            }
        }
        return new HeapLog(peak, live, pauses);
    }
}
