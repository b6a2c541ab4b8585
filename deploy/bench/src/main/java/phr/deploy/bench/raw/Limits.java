package phr.deploy.bench.raw;

import java.util.List;
import phr.deploy.bench.report.Report;
import phr.deploy.bench.usage.Database;

/** All limits of the machine. */
public final class Limits {

    private static final List<Limit> ALL = List.of(new Rows(), new Bytes());

    private Limits() {}

    public static void measure(Database database, Report report) throws Exception {
        for (Limit limit : ALL) {
            limit.measure(database).forEach(report::limit);
        }
    }
}
