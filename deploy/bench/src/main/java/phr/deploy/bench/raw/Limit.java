package phr.deploy.bench.raw;

import java.util.Map;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.usage.Database;

/** Something the machine does at its best. */
interface Limit {

    /** @return outcomes by the name with which works refer to them */
    Map<String, Outcome> measure(Database database) throws Exception;

    /** @param what is done */
    static Outcome outcome(String what, Unit unit, double value) {
        return Outcome.of(Subject.noted(what, unit), value);
    }
}
