package phr.deploy.bench.usage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time and memory as Linux tells them in {@code /proc}; zero elsewhere. */
final class Processes {

    private static final Path PROC = Path.of("/proc");
    /** Clock ticks a second; fixed at this number in what Linux shows to programs. */
    private static final double TICKS = 100;

    private Processes() {}

    /** Seconds of user and system time of the process alone. */
    static double seconds(long pid) {
        String[] stat = stat(Long.toString(pid));
        return stat.length == 0 ? 0 : (ticks(stat, 11) + ticks(stat, 12)) / TICKS;
    }

    /** Of a process with its children, those that ended included. */
    static double secondsWithChildren(long pid) {
        String[] parent = stat(Long.toString(pid));
        if (parent.length == 0) {
            return 0;
        }
        long sum = ticks(parent, 11) + ticks(parent, 12) + ticks(parent, 13) + ticks(parent, 14);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path one : all) {
                String[] stat = stat(one.getFileName().toString());
                if (stat.length > 0 && stat[1].equals(Long.toString(pid))) {
                    sum += ticks(stat, 11) + ticks(stat, 12);
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return sum / TICKS;
    }

    /** Seconds that all processors of the machine were busy since it started, stolen time included. */
    static double machine() {
        try {
            String[] fields =
                    Files.readAllLines(PROC.resolve("stat")).get(0).trim().split("\\s+");
            double busy = 0;
            for (int i = 1; i <= 8; i++) {
                busy += i == 4 || i == 5 ? 0 : Long.parseLong(fields[i]);
            }
            return busy / TICKS;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Highest resident size of the process so far, in bytes. */
    static long peakResident(long pid) {
        try {
            List<String> lines =
                    Files.readAllLines(PROC.resolve(Long.toString(pid)).resolve("status"));
            for (String line : lines) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long ticks(String[] stat, int field) {
        return Long.parseLong(stat[field]);
    }

    /** Fields from the state on; the name before it may hold anything. Empty when there is no such process. */
    private static String[] stat(String pid) {
        try {
            String line = new String(Files.readAllBytes(PROC.resolve(pid).resolve("stat")), StandardCharsets.UTF_8);
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
