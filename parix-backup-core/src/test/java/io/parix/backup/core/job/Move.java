package io.parix.backup.core.job;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A move as the code declares it: a public method of one state's record that answers another state's record. */
record Move(JobStep from, String name, JobStep to) {

    /** {@return every move of a backup, in the order of its steps} */
    static Set<Move> ofBackups() {
        return declared(BackupStep.values(), step -> Samples.backup(step).getClass());
    }

    /** {@return every move of a restore, in the order of its steps} */
    static Set<Move> ofRestores() {
        return declared(RestoreStep.values(), step -> Samples.restore(step).getClass());
    }

    private static <S extends JobStep> Set<Move> declared(S[] steps, Function<S, Class<?>> record) {
        Set<Move> moves = new LinkedHashSet<>();
        for (S from : steps) {
            for (S to : steps) {
                methods(record.apply(from), record.apply(to)).forEach(name -> moves.add(new Move(from, name, to)));
            }
        }
        return moves;
    }

    /** What a state was is no move back to it. */
    private static boolean isComponent(Class<?> type, Method method) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getAccessor().equals(method));
    }

    private static List<String> methods(Class<?> type, Class<?> answer) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> method.getReturnType().equals(answer))
                .filter(method -> !isComponent(type, method))
                .map(Method::getName)
                .sorted()
                .toList();
    }
}
