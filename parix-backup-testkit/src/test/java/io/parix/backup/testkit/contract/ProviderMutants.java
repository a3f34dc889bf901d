package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Providers that are wrong on purpose, each named for what it does and the requirement that it breaks. */
final class ProviderMutants {
    static final Map<String, UnaryOperator<BackupProvider>> ALL = new LinkedHashMap<>();

    private ProviderMutants() {}

    static {
        ALL.put("SPI-01 has an id in capitals", right -> new WrongProvider(right) {
            @Override
            public String id() {
                return "MEMORY 1";
            }
        });
        ALL.put("SPI-01 comes from the future", right -> new WrongProvider(right) {
            @Override
            public int spiVersion() {
                return SPI_VERSION + 1;
            }
        });
        ALL.put("SPI-02 does not open what it accepted", right -> new WrongProvider(right) {
            @Override
            public ProviderSession open(StorageLocation location) {
                throw new ProviderException(ErrorKind.INVALID_REQUEST, "found more to dislike");
            }
        });
        ALL.put("SPI-03 tells the first mistake only", right -> new WrongProvider(right) {
            @Override
            public List<ConfigurationMistake> check(StorageLocation location) {
                return right.check(location).stream().limit(1).toList();
            }
        });
        ALL.put("SPI-03 takes unknown settings", right -> new WrongProvider(right) {
            @Override
            public List<ConfigurationMistake> check(StorageLocation location) {
                return right.check(location).stream()
                        .filter(m -> m.key().equals("place"))
                        .toList();
            }
        });
        ALL.put("SPI-04 tells what a wrong setting holds", right -> new WrongProvider(right) {
            @Override
            public List<ConfigurationMistake> check(StorageLocation location) {
                return right.check(location).stream()
                        .map(m -> new ConfigurationMistake(
                                m.key(), "cannot be " + location.settings().get(m.key())))
                        .toList();
            }
        });
        session("SPI-05 claims snapshots and has none", right -> new WrongSession(right) {
            @Override
            public Capabilities capabilities() {
                Capabilities c = right.capabilities();
                SnapshotCapabilities all = new SnapshotCapabilities(
                        true, true, true, SnapshotCapabilities.GroupCut.NONE, Duration.ZERO, 0);
                return new Capabilities(true, false, false, c.largestWrite(), all);
            }
        });
        session("SPI-05 takes less than a segment", right -> new WrongSession(right) {
            @Override
            public Capabilities capabilities() {
                return new Capabilities(
                        true,
                        false,
                        false,
                        ByteSize.mebibytes(16),
                        right.capabilities().volumeSnapshots());
            }
        });
        session("SPI-06 gives each session a place of its own", right -> new WrongSession(right) {
            private final ObjectStore own = new InMemoryObjectStore(InstantSource.system());

            @Override
            public ObjectStore objects() {
                right.objects();
                return own;
            }
        });
        session("SPI-07 goes on after close", right -> new WrongSession(right) {
            @Override
            public void close() {}
        });
        session("SPI-07 fails to close twice", right -> new WrongSession(right) {
            @Override
            public void close() {
                right.capabilities();
                right.close();
            }
        });
        session("SPI-08 leaves a thread", right -> new WrongSession(right) {
            @Override
            public ObjectStore objects() {
                Thread thread = new Thread(ProviderMutants::idle, "left behind");
                thread.setDaemon(true);
                thread.start();
                return right.objects();
            }
        });
        session("SPI-09 prints", right -> new WrongSession(right) {
            @Override
            public ObjectStore objects() {
                System.out.println("objects!");
                return right.objects();
            }
        });
        session("SPI-10 overwrites what another session wrote", right -> new WrongSession(right) {
            @Override
            public ObjectStore objects() {
                ObjectStore objects = right.objects();
                return new WrongStore(objects) {
                    @Override
                    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
                        objects.delete(List.of(key), call);
                        return objects.putIfAbsent(key, content, call);
                    }
                };
            }
        });
        session("SPI-10 looks before it writes, not while", right -> new WrongSession(right) {
            private final ObjectStore racing = new WrongStores.RacingStore(right.objects());

            @Override
            public ObjectStore objects() {
                right.objects();
                return racing;
            }
        });
        locks();
    }

    private static void locks() {
        session("SPI-11 claims no locks and has them", right -> new WrongSession(right) {
            @Override
            public Capabilities capabilities() {
                Capabilities c = right.capabilities();
                return new Capabilities(c.conditionalCreate(), false, false, c.largestWrite(), c.volumeSnapshots());
            }
        });
        session("SPI-11 claims locks and takes them for missing permissions", right -> new WrongSession(right) {
            @Override
            public ObjectStore objects() {
                return new WrongStore(right.objects()) {
                    @Override
                    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
                        Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>(super.delete(keys, call));
                        outcomes.replaceAll((key, outcome) -> outcome instanceof DeleteOutcome.Locked
                                ? new DeleteOutcome.Failed(ErrorKind.DENIED, "access denied")
                                : outcome);
                        return outcomes;
                    }
                };
            }
        });
    }

    private static void session(String name, UnaryOperator<ProviderSession> wrong) {
        ALL.put(name, right -> new WrongProvider(right) {
            @Override
            public ProviderSession open(StorageLocation location) {
                return wrong.apply(right.open(location));
            }
        });
    }

    private static void idle() {
        try {
            new CountDownLatch(1).await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static class WrongProvider implements BackupProvider {
        private final BackupProvider right;

        WrongProvider(BackupProvider right) {
            this.right = right;
        }

        @Override
        public String id() {
            return right.id();
        }

        @Override
        public int spiVersion() {
            return right.spiVersion();
        }

        @Override
        public List<ConfigurationMistake> check(StorageLocation location) {
            return right.check(location);
        }

        @Override
        public ProviderSession open(StorageLocation location) {
            List<ConfigurationMistake> mistakes = check(location);
            if (!mistakes.isEmpty()) {
                throw new ProviderException(ErrorKind.INVALID_REQUEST, mistakes.toString());
            }
            return right.open(location);
        }
    }

    static class WrongSession implements ProviderSession {
        private final ProviderSession right;

        WrongSession(ProviderSession right) {
            this.right = right;
        }

        @Override
        public Capabilities capabilities() {
            return right.capabilities();
        }

        @Override
        public ObjectStore objects() {
            return right.objects();
        }

        @Override
        public Optional<VolumeSnapshots> snapshots() {
            return right.snapshots();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
