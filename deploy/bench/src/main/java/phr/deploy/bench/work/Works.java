package phr.deploy.bench.work;

import java.util.List;

/** All works, in the order in which they are done. */
public final class Works {

    private Works() {}

    public static List<Work> all() {
        return List.of(
                new IngestBundles(),
                new IngestLines(),
                new IngestCheckups(),
                new ReadEverything(),
                new SearchCodeAndDate(),
                new SearchCode(),
                new ReadById(),
                new DailyAggregate(),
                new ReadLarge(),
                new Consent(),
                new Growth());
    }
}
