package phr.deploy.bench.work;

import java.util.List;

/** All works, in the order in which they are done: those first that let a server get warm in what they share. */
public final class Works {

    private Works() {}

    public static List<Work> all() {
        return List.of(
                new ReadEverything(),
                new SearchCodeAndDate(),
                new SearchCode(),
                new ReadById(),
                new DailyAggregate(),
                new IngestBundles(),
                new IngestLines(),
                new IngestCheckups(),
                new ReadLarge(),
                new Consent(),
                new Growth());
    }
}
