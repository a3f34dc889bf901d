package io.parix.backup.provider.aws.server;

/** EC2 refuses. */
final class Ec2Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Ec2Refusal(int status, String code) {
        super(code);
        this.status = status;
        this.code = code;
    }

    Ec2Refusal(String code) {
        this(400, code);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
