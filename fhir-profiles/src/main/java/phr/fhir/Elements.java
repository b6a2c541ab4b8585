package phr.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** Walks a resource element by element, in the order of its definition. */
public final class Elements {

    private Elements() {}

    /** Sees each element definition of a resource once per parent. */
    public interface Visitor {

        /**
         * @param path FHIRPath of the element without index, e.g. {@code Observation.component.code}
         * @param parent the element that owns it
         * @param definition name, cardinality, types
         * @param values the values present, without empty ones
         */
        void visit(String path, Base parent, Property definition, List<Base> values);
    }

    /** Visits the resource, its contained resources and its extensions. */
    public static void walk(Resource resource, Visitor visitor) {
        walk(resource.fhirType(), resource, visitor);
    }

    private static void walk(String path, Base parent, Visitor visitor) {
        for (Property definition : parent.children()) {
            String childPath = path + "." + definition.getName().replace("[x]", "");
            List<Base> values =
                    definition.getValues().stream().filter(Elements::present).toList();
            visitor.visit(childPath, parent, definition, values);
            for (int i = 0; i < values.size(); i++) {
                Base value = values.get(i);
                String indexed = definition.getMaxCardinality() == 1 ? childPath : childPath + "[" + i + "]";
                walk(
                        value instanceof Resource contained ? indexed + "." + contained.fhirType() : indexed,
                        value,
                        visitor);
            }
        }
    }

    private static boolean present(Base value) {
        return value != null && (value instanceof PrimitiveType<?> primitive ? !primitive.isEmpty() : !value.isEmpty());
    }
}
