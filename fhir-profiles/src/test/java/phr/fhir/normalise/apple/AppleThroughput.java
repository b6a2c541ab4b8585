package phr.fhir.normalise.apple;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import phr.fhir.Sha256;
import phr.fhir.fixtures.AppleExports;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Validator;

/**
 * How fast an export becomes validated samples, without a store: {@code java … AppleThroughput [records] [rounds]}. Not a test.
 */
public final class AppleThroughput {

    private AppleThroughput() {}

    public static void main(String[] arguments) throws IOException {
        int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path file = Files.createTempFile("export", ".xml");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                AppleExports.xml(1, records, 3650, out);
            }
            Content content = Content.of(file, Files.size(file), Sha256.of(new byte[0]));
            for (int round = 0; round < rounds; round++) {
                round(content);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void round(Content content) throws IOException {
        Validator validator = new Validator();
        long[] counts = new long[2];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long used = threads.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        Report report = new Normalisation(List.of(new AppleFormat()))
                .normalise(Batches.intake(content), validator::pack, batch -> {
                    var validated = validator.validate(batch);
                    counts[0] += validated.samples().size();
                    counts[1] += validated.documents().size();
                });
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpu = (threads.getCurrentThreadCpuTime() - used) / 1e9;
        int read = report.documents().get(0).read();
        System.out.printf(
                Locale.ROOT,
                "%d records, %.0f MB in %.2f s: %.0f records/s; of the processor %.2f s: %.0f records/s; %d samples, %d documents%n",
                read,
                content.size() / 1e6,
                seconds,
                read / seconds,
                cpu,
                read / cpu,
                counts[0],
                counts[1]);
    }
}
