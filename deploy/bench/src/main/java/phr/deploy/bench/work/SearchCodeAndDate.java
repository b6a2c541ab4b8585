package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.Person;

/** Five hundred heart rates of one stretch of time. */
public final class SearchCodeAndDate implements Work {

    private static final int COUNT = 500;
    private static final Subject TIME = new Subject(
            "search: code and date, page of 500, median", Unit.MILLIS, Double.POSITIVE_INFINITY, 20, "select 500");

    @Override
    public String name() {
        return "search-500";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        Person person = stage.reader();
        Windows windows = new Windows(stage.scale().observations(), COUNT, 1);
        Found.demand(stage, stage.contender().search(person, windows.next(), COUNT), COUNT);
        return List.of(stage.median(TIME, () -> stage.contender().search(person, windows.next(), COUNT)));
    }
}
