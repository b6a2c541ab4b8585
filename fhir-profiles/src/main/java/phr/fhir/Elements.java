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
         * @param owner FHIRPath of the parent, e.g. {@code Observation.component[0]}
         * @param parent the element that owns it
         * @param definition name, cardinality, types
         * @param values the values present, without empty ones
         */
        void visit(String owner, Base parent, Property definition, List<Base> values);
    }

    /** Visits the resource, its contained resources and its extensions. */
    public static void walk(Resource resource, Visitor visitor) {
        walk(resource.fhirType(), resource, visitor);
    }

    private static void walk(String path, Base parent, Visitor visitor) {
        for (Property definition : parent.children()) {
            List<Base> values = present(definition);
            visitor.visit(path, parent, definition, values);
            if (!values.isEmpty()) {
                descend(path(path, definition), definition, values, visitor);
            }
        }
    }

    private static void descend(String path, Property definition, List<Base> values, Visitor visitor) {
        for (int i = 0; i < values.size(); i++) {
            Base value = values.get(i);
            if (!leaf(value)) {
                String indexed = definition.getMaxCardinality() == 1 ? path : path + "[" + i + "]";
                walk(
                        value instanceof Resource contained ? indexed + "." + contained.fhirType() : indexed,
                        value,
                        visitor);
            }
        }
    }

    /** FHIRPath of an element below its owner's. */
    public static String path(String owner, Property definition) {
        return owner + "." + definition.getName().replace("[x]", "");
    }

    /** Most values are primitives with nothing below them. */
    private static boolean leaf(Base value) {
        return value instanceof PrimitiveType<?> primitive && !primitive.hasExtension() && !primitive.hasId();
    }

    private static List<Base> present(Property definition) {
        List<Base> values = definition.getValues();
        if (values.isEmpty()) {
            return List.of();
        }
        return values.stream()
                .filter(value -> value != null && !value.isEmpty())
                .toList();
    }
}
