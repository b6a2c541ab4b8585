package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import phr.deploy.bench.report.Outcome;

/** Something that a server does for its living. */
public interface Work {

    /** Short, for {@code --only}. */
    String name();

    /** @return nothing when the contender cannot do it */
    List<Outcome> measure(Stage stage) throws IOException, SQLException;
}
