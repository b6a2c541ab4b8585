package phr.deploy.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phr.deploy.bench.work.Scale;

/**
 * What the caller wants.
 *
 * @param works names of works, empty for all
 * @param hapi whether HAPI is measured beside
 * @param limits whether the machine itself is measured
 * @param record whether RESULTS.md is written
 * @param java more options of the gateway's virtual machine
 */
record Options(Scale scale, Set<String> works, boolean hapi, boolean limits, boolean record, List<String> java) {

    static final String HELP = """
            deploy/bench/run [--quick] [--only work,work] [--no-hapi] [--no-limits] [--record] [--java option]...

              --quick      at most five minutes; without it half an hour
              --only       bundles, lines, checkups, everything, search-500, search-100, read, daily, large, consent,
                           growth; engine and race, which Maven runs, only when named or without --quick
              --no-hapi    only our gateway
              --no-limits  not what the machine itself can do
              --record     writes deploy/bench/RESULTS.md
              --growth     samples of others at which speeds are compared, e.g. 1000000,10000000,100000000
              --java       an option of the gateway's virtual machine, e.g. -XX:+UseParallelGC
              --profile    a flight recording of the gateway, deploy/bench/target/run/gateway.jfr
            """;

    private static final String RECORDING = "-XX:StartFlightRecording=settings=profile,filename=";

    /** @throws IllegalArgumentException when there is an option that nobody knows */
    static Options parse(String[] arguments, Path run) {
        Scale scale = Scale.FULL;
        Set<String> works = Set.of();
        boolean hapi = true;
        boolean limits = true;
        boolean record = false;
        String growth = "";
        List<String> java = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> scale = Scale.QUICK;
                case "--only" -> works = Set.of(following(arguments, i++).split(",", -1));
                case "--no-hapi" -> hapi = false;
                case "--no-limits" -> limits = false;
                case "--record" -> record = true;
                case "--growth" -> growth = following(arguments, i++);
                case "--java" -> java.add(following(arguments, i++));
                case "--profile" -> java.add(RECORDING + run.resolve("gateway.jfr"));
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        return new Options(grown(scale, growth), works, hapi, limits, record, List.copyOf(java));
    }

    private static Scale grown(Scale scale, String sizes) {
        return sizes.isEmpty()
                ? scale
                : scale.growing(List.of(sizes.split(",", -1)).stream()
                        .map(Integer::valueOf)
                        .toList());
    }

    private static String following(String[] arguments, int i) {
        if (i + 1 == arguments.length) {
            throw new IllegalArgumentException(arguments[i] + " wants a value");
        }
        return arguments[i + 1];
    }

    boolean wants(String work) {
        return works.isEmpty() || works.contains(work);
    }

    /** The same for what takes long. */
    boolean wantsLong(String work) {
        return works.isEmpty() ? scale != Scale.QUICK : works.contains(work);
    }
}
