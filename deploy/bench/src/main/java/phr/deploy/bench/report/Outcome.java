package phr.deploy.bench.report;

import phr.deploy.bench.usage.Expense;

/**
 * One value measured on one server.
 *
 * @param value median of the rounds
 * @param spread lowest and highest round, as text
 * @param done units of work done meanwhile, for the cost of one; 0 when that means nothing
 */
public record Outcome(Subject subject, double value, String spread, double done, Expense expense) {

    public static Outcome of(Subject subject, double value) {
        return new Outcome(subject, value, "", 0, Expense.NONE);
    }
}
