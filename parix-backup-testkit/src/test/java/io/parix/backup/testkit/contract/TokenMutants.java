package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.HostMutants.withDatabase;
import static io.parix.backup.testkit.contract.HostMutants.withFence;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.host.StaleFenceException;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Hosts that are wrong about who may act. */
final class TokenMutants {
    static final HostMutants MUTANTS = new HostMutants();

    private TokenMutants() {}

    /** Keeps tokens by itself, so that the host behind it need not. */
    private abstract static class OwnTokens extends WrongHost {
        private final Map<DatabaseId, Long> highest = new HashMap<>();

        OwnTokens(InMemoryHost right) {
            super(right);
        }

        /** Gives the call as the host is to see it. */
        abstract RestoreCall admit(String name, RestoreCall call, long highest);

        final RestoreCall admitted(String name, RestoreCall call) {
            long before = highest.getOrDefault(call.database(), 0L);
            highest.merge(call.database(), call.fence(), Math::max);
            return admit(name, call, before);
        }

        @Override
        HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
            return super.step(name, admitted(name, call), before);
        }

        @Override
        public Staging stage(RestoreCall call, int replicas) throws IOException {
            return super.stage(admitted("stage", call), replicas);
        }
    }

    static {
        for (String step : new String[] {"release", "stage", "moveBack"}) {
            MUTANTS.add("HST-01 older tokens pass in " + step, host -> new OwnTokens(host) {
                @Override
                RestoreCall admit(String name, RestoreCall call, long highest) {
                    return name.equals(step) ? withFence(call, Math.max(highest, call.fence())) : call;
                }
            });
        }
        MUTANTS.add("HST-01 staging does not count", host -> new OwnTokens(host) {
            @Override
            RestoreCall admit(String name, RestoreCall call, long highest) {
                return name.equals("stage") ? withFence(call, 0) : call;
            }
        });
        MUTANTS.add("HST-01 the same token is refused", host -> new OwnTokens(host) {
            @Override
            RestoreCall admit(String name, RestoreCall call, long highest) {
                if (call.fence() <= highest) {
                    throw new StaleFenceException(call.database(), call.fence(), highest);
                }
                return call;
            }
        });
        MUTANTS.add("HST-01 the step is done before the token is looked at", host -> new OwnTokens(host) {
            @Override
            RestoreCall admit(String name, RestoreCall call, long highest) {
                if (call.fence() < highest && name.equals("swapBack")) {
                    right.swapBack(withFence(call, highest));
                }
                return call;
            }
        });
        MUTANTS.add("HST-01 only the last token counts", host -> new OwnTokens(host) {
            private long last;

            @Override
            RestoreCall admit(String name, RestoreCall call, long highest) {
                if (call.fence() < last) {
                    last = call.fence();
                    throw new StaleFenceException(call.database(), call.fence(), highest);
                }
                last = call.fence();
                return withFence(call, 1);
            }
        });
        MUTANTS.add("HST-02 tokens are counted for all databases together", host -> new OwnTokens(host) {
            private long all;

            @Override
            RestoreCall admit(String name, RestoreCall call, long highest) {
                if (call.fence() < all) {
                    throw new StaleFenceException(call.database(), call.fence(), all);
                }
                all = call.fence();
                return call;
            }
        });
        MUTANTS.add("HST-03 tokens are kept in the process", host -> new OwnTokens(host) {
            @Override
            RestoreCall admit(String name, RestoreCall call, long highest) {
                if (call.fence() < highest) {
                    throw new StaleFenceException(call.database(), call.fence(), highest);
                }
                return withFence(call, Long.MAX_VALUE);
            }
        });
        MUTANTS.stage(
                "HST-04 late writes go on", (host, call, replicas) -> new WrongStaging(host.stage(call, replicas)) {
                    @Override
                    public StagedFile open(int replica) throws IOException {
                        return new WrongStagedFile(super.open(replica)) {
                            @Override
                            public void write(long position, ByteBuffer source) throws IOException {
                                if (host.keepsOldFiles(call.database())) {
                                    byte[] live = host.files(call.database()).get(replica);
                                    source.get(live, (int) position, Math.min(source.remaining(), live.length));
                                } else {
                                    super.write(position, source);
                                }
                            }
                        };
                    }
                });
        MUTANTS.stage("HST-04 late cuts go on", (host, call, replicas) -> new WrongStaging(host.stage(call, replicas)) {
            @Override
            public StagedFile open(int replica) throws IOException {
                return new WrongStagedFile(super.open(replica)) {
                    @Override
                    public void setLength(long bytes) throws IOException {
                        super.setLength(bytes);
                        if (host.keepsOldFiles(call.database())) {
                            WrongHost.replace(host, call.database(), replica, new byte[(int) bytes]);
                        }
                    }
                };
            }
        });
        MUTANTS.add("HST-05 a database that is not there is done with", host -> new WrongHost(host) {
            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                return right.look(call.database()) instanceof DatabaseFacts.Unknown
                        ? HostAnswer.done()
                        : super.step(name, call, before);
            }
        });
        MUTANTS.taking(
                "HST-05 every database is the one that it knows", call -> withDatabase(call, new DatabaseId("db-1")));
    }
}
