"""What the public record costs to serve, beside what it could cost at best and what it costs usually."""
