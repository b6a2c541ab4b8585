package phr.fhir.normalise.checkup;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.CheckupUnits;
import phr.fhir.normalise.xml.Element;

/** Units: the received text is kept, the code comes from the item's table row (checkup-cda.md §11). */
final class Units {

    private final Located issues;

    Units(Located issues) {
        this.issues = issues;
    }

    Quantity quantity(BigDecimal value, Element at, @Nullable CheckupItem item) {
        Quantity quantity = new Quantity().setValue(value);
        String received = at.code("unit");
        if (item == null) {
            return unknownItem(quantity, received);
        }
        if (item.xmlUnit() == null) {
            if (received != null) {
                quantity.setUnit(received);
                issues.warning("code-invalid", "CDA-11", "unit where the item has none", at);
            }
            return quantity;
        }
        if (received == null) {
            issues.information("required", "CDA-11", "no unit; the item's own is taken", at);
            return coded(quantity.setUnit(item.displayUnit()), item.xmlUnit());
        }
        quantity.setUnit(received);
        if (CheckupUnits.same(item, received)) {
            return coded(quantity, item.xmlUnit());
        }
        issues.warning("code-invalid", "CDA-11", "unit contradicts the item; not converted", at);
        return quantity;
    }

    /** Outside the table: a code only where the text is exactly a unit that the table knows. */
    private static Quantity unknownItem(Quantity quantity, @Nullable String received) {
        if (received == null) {
            return quantity;
        }
        quantity.setUnit(received);
        boolean known = CheckupItems.all().stream().anyMatch(item -> received.equals(item.xmlUnit()));
        return known ? coded(quantity, received) : quantity;
    }

    private static Quantity coded(Quantity quantity, String xmlUnit) {
        return quantity.setSystem(CheckupSystem.UCUM.url()).setCode(CheckupUnits.ucum(xmlUnit));
    }
}
