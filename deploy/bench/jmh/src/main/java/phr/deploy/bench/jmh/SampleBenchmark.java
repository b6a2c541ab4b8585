package phr.deploy.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.Row;
import phr.gateway.record.series.SampleIds;

/** Per sample, of a day of heart rates. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(HeartRates.DAY)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SampleBenchmark {

    private final byte[] file = HeartRates.ndjson();
    private final List<Sample> samples = HeartRates.samples(file);
    private final Shape shape = samples.get(0).shape();
    private final List<Row> rows =
            samples.stream().map(sample -> new Row(sample, 0)).sorted(Row.ORDER).toList();
    private final byte[] packed = Chunk.encode(shape, rows);
    private final SampleIds ids = new SampleIds("https://phr-gateway.example/fhir", HeartRates.PERSON, shape);

    /** From the bytes of the file to samples: parsed, checked, named. */
    @Benchmark
    public List<Sample> normalise() {
        return HeartRates.samples(file);
    }

    @Benchmark
    public byte[] encode() {
        return Chunk.encode(shape, rows);
    }

    @Benchmark
    public List<Row> decode() {
        return Chunk.decode(shape, packed).rows(ids);
    }

    /** FHIR JSON straight from the columns. */
    @Benchmark
    public ByteArrayOutputStream render() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 * samples.size());
        samples.forEach(sample -> shape.write(sample, out));
        return out;
    }
}
