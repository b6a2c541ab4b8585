package phr.fhir.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.http.ManagedWebAccess;
import phr.fhir.Fhir;

/**
 * Validates one resource against base R4, what it declares, and the profiles asked for. No terminology server: codes of systems
 * that no package holds give a warning. Thread-safe; building it takes a second, its first use several.
 */
public final class ConformanceValidator {

    static {
        // The libraries below would fetch packages that they miss; nothing here speaks to the network.
        ManagedWebAccess.setAccessPolicy(ManagedWebAccess.WebAccessPolicy.PROHIBITED);
    }

    private final IValidationSupport support;
    private final FhirValidator validator;

    /** @param packages beside base R4, the first that knows a profile or a code system is asked */
    public ConformanceValidator(List<IValidationSupport> packages) {
        FhirContext context = Fhir.context();
        List<IValidationSupport> chain = new ArrayList<>();
        chain.add(new DefaultProfileValidationSupport(context));
        chain.addAll(packages);
        chain.add(new SnapshotGeneratingValidationSupport(context));
        chain.add(new InMemoryTerminologyServerValidationSupport(context));
        chain.add(new CommonCodeSystemsTerminologyService(context));
        chain.add(unknownSystems(context));
        support = new ValidationSupportChain(chain);
        validator = context.newValidator().registerValidatorModule(module(support));
    }

    /** With the project's guide. */
    public static ConformanceValidator ofGuide() {
        return ofGuideAnd(List.of());
    }

    /** With the guide, whose tables are the newer ones, and then these. */
    public static ConformanceValidator ofGuideAnd(List<IValidationSupport> packages) {
        List<IValidationSupport> all = new ArrayList<>(List.of(new GuideSupport(Fhir.context())));
        all.addAll(packages);
        return new ConformanceValidator(all);
    }

    /** Whether there is a profile at this canonical address, with or without version. */
    public boolean knows(String profile) {
        return support.fetchStructureDefinition(profile) != null;
    }

    /**
     * What the HL7 validator says, with its own texts: these may quote the resource and stay inside.
     *
     * @param profiles canonical addresses in addition to base R4 and {@code meta.profile}
     * @throws ca.uhn.fhir.parser.DataFormatException when it is no FHIR JSON at all
     */
    public List<SingleValidationMessage> messages(String json, Collection<String> profiles) {
        ValidationOptions options = new ValidationOptions();
        profiles.forEach(options::addProfile);
        return validator.validateWithResult(json, options).getMessages();
    }

    /** The same as findings that quote nothing of the resource. */
    public List<Finding> findings(String json, Collection<String> profiles) {
        return messages(json, profiles).stream().map(Finding::of).toList();
    }

    private static IValidationSupport unknownSystems(FhirContext context) {
        UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
        unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        return unknown;
    }

    private static FhirInstanceValidator module(IValidationSupport support) {
        FhirInstanceValidator module = new FhirInstanceValidator(support);
        module.setAnyExtensionsAllowed(true);
        module.setErrorForUnknownProfiles(false);
        module.setNoExtensibleWarnings(true);
        module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        return module;
    }
}
