package phr.deploy.bench.work;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.bench.http.Reply;
import phr.deploy.bench.http.Round;

/**
 * Two kinds of calls made in turns over one connection. Which of a pair comes first changes from pair to pair, so that what a call
 * leaves behind, such as memory to be collected, is not always paid by the same kind.
 */
record Turns(Round first, Round second, Set<Integer> statuses) {

    /** At least for the time and so many of each. */
    static Turns taken(Connection connection, Duration time, int least, Supplier<Call> first, Supplier<Call> second)
            throws IOException {
        LongStream.Builder one = LongStream.builder();
        LongStream.Builder other = LongStream.builder();
        Set<Integer> statuses = new TreeSet<>();
        long until = System.nanoTime() + time.toNanos();
        for (int i = 0; i < least || System.nanoTime() < until; i++) {
            for (boolean former : new boolean[] {i % 2 == 0, i % 2 != 0}) {
                Reply reply = connection.send((former ? first : second).get());
                (former ? one : other).add(reply.nanos());
                statuses.add(reply.status());
            }
        }
        return new Turns(Round.of(one.build().toArray()), Round.of(other.build().toArray()), statuses);
    }

    int count() {
        return first.nanos().length;
    }

    void demand(int status) throws IOException {
        if (!statuses.equals(Set.of(status))) {
            throw new IOException("answered with " + statuses + " instead of " + status);
        }
    }
}
