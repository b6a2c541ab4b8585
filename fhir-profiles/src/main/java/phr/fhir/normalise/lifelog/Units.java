package phr.fhir.normalise.lifelog;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.TsvTable;

/** Units of the sources in UCUM, {@code units.tsv} (lifelog.md §2.5, §3.1): value = (source − subtract) × multiply ÷ divide. */
public final class Units {

    private static final int MOST_DIGITS = 40;

    private record Row(BigDecimal subtract, BigDecimal multiply, BigDecimal divide, int decimals) {

        boolean same() {
            return subtract.signum() == 0 && multiply.compareTo(divide) == 0;
        }

        BigDecimal convert(BigDecimal value) {
            BigDecimal product = value.subtract(subtract).multiply(multiply);
            boolean whole = divide.equals(BigDecimal.ONE);
            BigDecimal exact = whole ? product : product.divide(divide, new MathContext(MOST_DIGITS));
            BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
            return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
        }
    }

    private static final Map<String, Row> ROWS = load();

    private Units() {}

    /** Whether the unit means exactly the target, so that the value stays as written. */
    public static boolean same(String unit, String ucum) {
        Row row = ROWS.get(ucum + "\t" + unit);
        return row != null && row.same();
    }

    /**
     * The value in the target unit, rounded to what such a measurement can mean; as written when the unit is the same.
     *
     * @return null when the unit is unknown for the target, or the number too large to be a measurement
     */
    public static @Nullable BigDecimal convert(BigDecimal value, String unit, String ucum) {
        Row row = ROWS.get(ucum + "\t" + unit);
        boolean huge = value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS;
        if (row == null || huge) {
            return null;
        }
        return row.same() ? value : row.convert(value);
    }

    private static Map<String, Row> load() {
        Map<String, Row> rows = new HashMap<>();
        for (String[] cells : TsvTable.load(Units.class, "units.tsv").rows()) {
            Row row = new Row(
                    new BigDecimal(cells[2]),
                    new BigDecimal(cells[3]),
                    new BigDecimal(cells[4]),
                    Integer.parseInt(cells[5]));
            rows.put(cells[0] + "\t" + cells[1], row);
        }
        return Map.copyOf(rows);
    }
}
