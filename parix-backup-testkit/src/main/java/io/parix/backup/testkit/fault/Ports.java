package io.parix.backup.testkit.fault;

import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.Image;
import io.parix.backup.host.Organizations;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.host.StorageLocations;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All ports, and how their methods are named. */
final class Ports {
    private static final Pattern NAME = Pattern.compile("(?:(\\w+)\\.)?(\\w+|\\*)(?:\\(([\\w, ]*)\\))?");

    /** Each port with its methods that change what others see; all the others only look, or open and close what looks. */
    private static final Map<Class<?>, Set<String>> EFFECTS = effects();

    /** What each method of each port is called, and whether it is an effect: looked up at every call. */
    private static final Map<Class<?>, Map<Method, Known>> KNOWN =
            all().stream().collect(Collectors.toUnmodifiableMap(port -> port, Ports::known));

    /**
     * What is always the same of a method of a port.
     *
     * @param port the simple name of the port
     * @param name for a person
     * @param signature of just this method
     * @param effect whether it changes what others see
     * @param ofSeveralKinds whether its answers are of several kinds
     */
    record Known(String port, String name, String signature, boolean effect, boolean ofSeveralKinds) {
        /** Which of the kinds of answers that the method has this one is; empty where it has only one. */
        String kind(@Nullable Object answer) {
            return answer != null && ofSeveralKinds ? answer.getClass().getSimpleName() : "";
        }
    }

    private Ports() {}

    private static Map<Method, Known> known(Class<?> port) {
        return methods(port).stream()
                .collect(Collectors.toUnmodifiableMap(
                        method -> method,
                        method -> new Known(
                                port.getSimpleName(),
                                port.getSimpleName() + "." + method.getName(),
                                written(port, method),
                                effectsOf(port).contains(method.getName()),
                                method.getReturnType().isSealed())));
    }

    private static Map<Class<?>, Set<String>> effects() {
        Map<Class<?>, Set<String>> effects = new LinkedHashMap<>();
        effects.put(
                Catalog.class,
                Set.of(
                        "insert",
                        "claim",
                        "heartbeat",
                        "write",
                        "acquire",
                        "release",
                        "remove",
                        "adopt",
                        "unschedule",
                        "delivered"));
        effects.put(Dispatcher.class, Set.of("wake"));
        effects.put(BackupProvider.class, Set.of());
        effects.put(ProviderSession.class, Set.of());
        effects.put(ObjectStore.class, Set.of("putIfAbsent", "delete"));
        effects.put(VolumeSnapshots.class, Set.of("request", "delete", "materialize", "deleteVolume"));
        effects.put(DatabaseDirectory.class, Set.of());
        effects.put(ReplicaImages.class, Set.of("capture", "release"));
        effects.put(ReplicaVolumes.class, Set.of());
        effects.put(Image.class, Set.of());
        effects.put(
                RestoreHost.class,
                Set.of(
                        "move",
                        "stage",
                        "fenceOld",
                        "swap",
                        "start",
                        "confirm",
                        "open",
                        "release",
                        "fenceRestored",
                        "swapBack",
                        "moveBack"));
        effects.put(Staging.class, Set.of("open"));
        effects.put(StagedFile.class, Set.of("setLength", "write", "force"));
        effects.put(BackupListener.class, Set.of("on"));
        effects.put(StorageLocations.class, Set.of());
        effects.put(Organizations.class, Set.of());
        effects.put(AccessPolicy.class, Set.of());
        return effects;
    }

    static Set<Class<?>> all() {
        return EFFECTS.keySet();
    }

    /** Refuses what is no port. */
    static void require(Class<?> type) {
        if (!EFFECTS.containsKey(type)) {
            throw new IllegalArgumentException(type.getName() + " is not a port. Ports are " + names(all()) + ".");
        }
    }

    static Known known(Class<?> port, Method method) {
        Known known = KNOWN.getOrDefault(port, Map.of()).get(method);
        if (known == null) {
            throw new IllegalArgumentException(port.getName() + " has no method " + method);
        }
        return known;
    }

    /** The names of a port's methods that are effects. */
    static Set<String> effectsOf(Class<?> port) {
        return EFFECTS.getOrDefault(port, Set.of());
    }

    /** The methods of a port that can be called on it. */
    static List<Method> methods(Class<?> port) {
        return Arrays.stream(port.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    /** One method of one port, whatever class declares it. */
    static String signature(Class<?> port, Method method) {
        return known(port, method).signature;
    }

    private static String written(Class<?> port, Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", port.getSimpleName() + "." + method.getName() + "(", ")"));
    }

    /**
     * Finds what a name means.
     *
     * @return each method by its signature
     * @throws IllegalArgumentException for a name that no port has, and for one that several have, with what there is
     */
    static Map<String, Method> find(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a method of a port, which looks like"
                    + " get, ObjectStore.get, Catalog.write(JobWrite) or ObjectStore.*");
        }
        String port = parts.group(1);
        Set<Class<?>> among = port == null ? all() : portsNamed(port);
        Map<String, Method> found = new TreeMap<>();
        Set<Class<?>> owners = among.stream()
                .filter(each -> methods(each).stream()
                                .filter(method -> isMeant(each, method, parts))
                                .peek(method -> found.put(signature(each, method), method))
                                .count()
                        > 0)
                .collect(Collectors.toSet());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "No port has a method " + name + ". There are " + methodNames(among) + ".");
        }
        if (owners.size() > 1) {
            throw new IllegalArgumentException(name + " is a method of " + names(owners) + ". Say which: "
                    + sorted(owners).map(owner -> owner + "." + name).collect(Collectors.joining(" or ")) + ".");
        }
        return found;
    }

    private static boolean isMeant(Class<?> port, Method method, Matcher parts) {
        String parameters = parts.group(3);
        return (parts.group(2).equals("*") || method.getName().equals(parts.group(2)))
                && (parameters == null || signature(port, method).endsWith("(" + parameters.replace(" ", "") + ")"));
    }

    private static Set<Class<?>> portsNamed(String name) {
        Set<Class<?>> named =
                all().stream().filter(port -> port.getSimpleName().equals(name)).collect(Collectors.toSet());
        if (named.isEmpty()) {
            throw new IllegalArgumentException("There is no port " + name + ". Ports are " + names(all()) + ".");
        }
        return named;
    }

    private static String names(Set<Class<?>> ports) {
        return sorted(ports).collect(Collectors.joining(", "));
    }

    private static Stream<String> sorted(Set<Class<?>> ports) {
        return ports.stream().map(Class::getSimpleName).sorted();
    }

    private static String methodNames(Set<Class<?>> ports) {
        return ports.stream()
                .flatMap(port -> methods(port).stream().map(method -> port.getSimpleName() + "." + method.getName()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
