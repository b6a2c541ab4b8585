package phr.deploy.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * What is measured: a row of the table.
 *
 * @param target what our value has to reach
 * @param ratio how many times better than HAPI it has to be; 0 for no demand
 * @param raw name of the raw limit it is compared with, null for none
 */
public record Subject(
        String name,
        Unit unit,
        double target,
        double ratio,
        @Nullable String raw) {

    /** Nothing is demanded of it. */
    public static Subject noted(String name, Unit unit) {
        return new Subject(name, unit, Double.NaN, 0, null);
    }

    boolean reached(double value) {
        return unit.moreIsBetter() ? value >= target : value <= target;
    }

    /** How many times better ours is. */
    double ratio(double ours, double theirs) {
        return unit.moreIsBetter() ? ours / theirs : theirs / ours;
    }

    /** How near ours comes to the limit, 1 = there. */
    double share(double ours, double limit) {
        return unit.moreIsBetter() ? ours / limit : limit / ours;
    }
}
