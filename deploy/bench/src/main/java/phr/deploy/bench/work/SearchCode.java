package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;

/** A page of heart rates: ours the newest, since that is its default; the other server in an order of its own choice. */
public final class SearchCode implements Work {

    private static final int COUNT = 100;
    private static final Subject TIME =
            new Subject("search: code, page of 100, median", Unit.MILLIS, Double.POSITIVE_INFINITY, 20, "select 100");

    @Override
    public String name() {
        return "search-100";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        Call call = stage.contender().search(stage.reader(), Windows.CODE, COUNT);
        Found.demand(stage, call, COUNT);
        return List.of(stage.median(TIME, () -> call));
    }
}
