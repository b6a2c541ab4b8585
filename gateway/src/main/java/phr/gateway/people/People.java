package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.gateway.caller.Caller;
import phr.gateway.database.Briefly;

/** The persons of this gateway and the ids by which organisations know them. */
@ApplicationScoped
@Transactional
public class People {

    private final Directory directory;
    private final PersonTable persons;
    private final PairwiseTable pairwise;
    private final AccountSeal seal;
    private final Clock clock;
    private final Briefly<List<String>, String> introduced = new Briefly<>(Duration.ofMinutes(1));

    private final Briefly<List<String>, PersonId> logins = new Briefly<>(Duration.ofSeconds(1));

    People(Directory directory, PersonTable persons, PairwiseTable pairwise, AccountSeal seal, Clock clock) {
        this.directory = directory;
        this.persons = persons;
        this.pairwise = pairwise;
        this.seal = seal;
        this.clock = clock;
    }

    /** The person who is logged in; empty for a system, a user of an organisation, and before registration. */
    @Transactional(TxType.SUPPORTS)
    public Optional<PersonId> self(Caller caller) {
        return citizen(caller)
                ? directory.self(caller.issuer(), caller.subject()).map(PersonId::new)
                : Optional.empty();
    }

    /**
     * As {@link #self}, of one who was found a second ago at most: for calls that meet her record, where it shows whether she is still
     * there.
     */
    @Transactional(TxType.SUPPORTS)
    public Optional<PersonId> selfOfLate(Caller caller) {
        List<String> login = List.of(caller.issuer(), caller.subject());
        return citizen(caller)
                ? logins.get(login).or(() -> {
                    Optional<PersonId> found = self(caller);
                    found.ifPresent(person -> logins.put(login, person));
                    return found;
                })
                : Optional.empty();
    }

    /** Whose is what the caller leaves here; empty for a person who is not registered. */
    @Transactional(TxType.SUPPORTS)
    public Optional<Owner> owner(Caller caller) {
        return caller.organisation() != null
                ? Optional.of(new Owner(caller.client(), caller.organisation(), null))
                : self(caller).map(person -> new Owner(caller.client(), null, person));
    }

    /** As {@link #self}, with everybody over whom she holds or held an authority. */
    @Transactional(TxType.SUPPORTS)
    Set<PersonId> selfAndPrincipals(Caller caller) {
        return citizen(caller)
                ? directory.selfAndPrincipals(caller.issuer(), caller.subject()).stream()
                        .map(PersonId::new)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static boolean citizen(Caller caller) {
        return !caller.system() && caller.organisation() == null;
    }

    /** The account of a person; empty when there is none or she was erased. */
    @Transactional(TxType.SUPPORTS)
    public Optional<Account> account(PersonId person) {
        return directory.account(person.value()).map(box -> AccountJson.read(person, seal.open(person, box)));
    }

    /** The person whom the organisation knows by the pairwise id; empty when the text is no such id. */
    @Transactional(TxType.SUPPORTS)
    public Optional<PersonId> known(String organisation, String patient) {
        return Uuids.parse(patient)
                .flatMap(id -> directory.person(organisation, id))
                .map(PersonId::new);
    }

    /** Somebody whom the organisation knows; empty when it knows nobody. */
    @Transactional(TxType.SUPPORTS)
    public Optional<PersonId> anyKnown(String organisation) {
        return directory.anyKnown(organisation).map(PersonId::new);
    }

    /** As {@link #pairwise}, of a person of whom the request has found that the organisation knows her: the id never changes. */
    @Transactional(TxType.SUPPORTS)
    public Optional<String> pairwiseOfKnown(String organisation, PersonId person) {
        List<String> key = List.of(organisation, person.toString());
        Optional<String> known = introduced.get(key).or(() -> pairwise(organisation, person));
        known.ifPresent(id -> introduced.put(key, id));
        return known;
    }

    /** Somebody was erased. */
    @Transactional(TxType.SUPPORTS)
    public void forget() {
        introduced.forget();
        logins.forget();
    }

    /** The pairwise id by which the organisation knows the person; empty before an introduction. */
    @Transactional(TxType.SUPPORTS)
    public Optional<String> pairwise(String organisation, PersonId person) {
        return directory.patient(organisation, person.value()).map(UUID::toString);
    }

    /**
     * The person of the login, made now if she is new.
     *
     * @throws phr.fhir.failure.FailureException INVALID when the account claims cannot be an account
     */
    public PersonId register(Caller caller) {
        Optional<PersonId> known = self(caller);
        if (known.isPresent()) {
            return known.get();
        }
        PersonId person = new PersonId(Ids.v7(clock));
        Account account = Accounts.of(person, caller.profile());
        byte[] sealed = seal.seal(person, AccountJson.write(account));
        persons.insertUnlessThere(person.value(), caller, sealed, clock.instant());
        return self(caller).orElseThrow();
    }

    /** The person of this id; empty when the text is no id, nobody has it, or she was erased. */
    public Optional<PersonId> find(String id) {
        return Uuids.parse(id).flatMap(persons::living).map(row -> new PersonId(row.id));
    }

    /**
     * A person without a login of her own, such as a child whose guardian registers her.
     *
     * @throws phr.fhir.failure.FailureException INVALID when the claims cannot be an account
     */
    public PersonId registerWithoutLogin(Caller.Profile profile) {
        PersonId person = new PersonId(Ids.v7(clock));
        Account account = Accounts.of(person, profile);
        persons.insert(person.value(), seal.seal(person, AccountJson.write(account)), clock.instant());
        return person;
    }

    /**
     * Ties a login to a person who had none.
     *
     * @throws phr.fhir.failure.FailureException CONFLICT when the person has a login, or the login a person
     */
    public void claim(PersonId person, Caller caller) {
        if (self(caller).isPresent() || !persons.claim(person.value(), caller)) {
            throw Failure.of(Category.CONFLICT, "claimed", "the person or the login is taken")
                    .exception();
        }
    }

    /** Whether her Patient resource has been stored. */
    public boolean enrolled(PersonId person) {
        return persons.findByIdOptional(person.value()).map(row -> row.enrolled).orElse(false);
    }

    public void markEnrolled(PersonId person) {
        persons.update("enrolled = true where id = ?1", person.value());
    }

    /** Lets the organisation know the person; the second time it answers the id of the first. */
    Introduction introduce(PersonId person, String organisation) {
        Optional<UUID> known = directory.patient(organisation, person.value());
        if (known.isPresent()) {
            return new Introduction(organisation, known.get(), false);
        }
        boolean created = pairwise.insertUnlessThere(organisation, person.value(), UUID.randomUUID(), clock.instant());
        return new Introduction(
                organisation, directory.patient(organisation, person.value()).orElseThrow(), created);
    }

    /** @param created by this call */
    record Introduction(String organisation, UUID patient, boolean created) {}
}
