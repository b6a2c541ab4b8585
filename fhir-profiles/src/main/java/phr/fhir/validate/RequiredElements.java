package phr.fhir.validate;

import ca.uhn.fhir.model.api.annotation.Child;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Narrative;

/** How often each element of a FHIR type must occur at least; the model's property lists do not tell, its annotations do. */
final class RequiredElements {

    private static final ClassValue<Map<String, Integer>> MINIMA = new ClassValue<>() {
        @Override
        protected Map<String, Integer> computeValue(Class<?> type) {
            Map<String, Integer> minima = new HashMap<>();
            for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
                for (Field field : level.getDeclaredFields()) {
                    Child child = field.getAnnotation(Child.class);
                    if (child != null && child.min() > 0) {
                        minima.put(child.name().replace("[x]", ""), child.min());
                    }
                }
            }
            return Map.copyOf(minima);
        }
    };

    private RequiredElements() {}

    static int minimum(Base parent, String element) {
        if (parent instanceof Narrative narrative && narrative.hasDiv()) {
            // the model does not list the XHTML of a narrative among its children
            return 0;
        }
        return MINIMA.get(parent.getClass()).getOrDefault(element.replace("[x]", ""), 0);
    }
}
