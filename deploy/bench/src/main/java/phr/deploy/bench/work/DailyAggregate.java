package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import phr.deploy.bench.data.HeartRates;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.Person;

/** One value a day over ten years of one metric, for a chart. */
public final class DailyAggregate implements Work {

    private static final int PERSON = 12;
    private static final int DAYS = 3_652;
    private static final int MINUTES_A_DAY = 1_440;

    @Override
    public String name() {
        return "daily";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        Person person = stage.contender().person(PERSON);
        Optional<Call> call = stage.contender().daily(person, HeartRates.CODE, "2016-01-01/2025-12-30");
        if (call.isEmpty()) {
            return List.of();
        }
        int perDay = stage.scale().perDay();
        Subject time = new Subject(
                "daily averages of 10 years, " + perDay + " samples a day, median", Unit.MILLIS, 20, 0, null);
        stage.load(person, DAYS * perDay, MINUTES_A_DAY / perDay);
        return List.of(stage.median(time, call::orElseThrow));
    }
}
