package phr.gateway.record;

import java.math.BigDecimal;

/** Values added up, exactly. */
public record Sum(BigDecimal sum, BigDecimal least, BigDecimal greatest) {}
