namespace Rubato.Cli.Help;

/// <summary>The page of <c>rubato noise</c>.</summary>
internal static class NoisePage
{
    internal const string Text =
        """
        rubato noise: draws the noise scale of the gradient over a run, an estimate of
        the critical batch size, beside the batch that was used.

        Usage: rubato noise RUN [FLAGS]

        Examples:
          rubato train --measure-noise 10 --name measured
          rubato noise runs/measured
          rubato noise runs/measured --average 100 --svg noise.svg

          RUN                   The folder of a run that was trained with
                                --measure-noise, or its noise.jsonl.
          --average N           How many measurements count; single ones are far too
                                noisy. Default: the last tenth,
                                and 20 at least. Example: --average 100
          --svg FILE            Draws the chart into a file.
                                Default: none. Example: --svg noise.svg
          --csv FILE            Writes step, samples, batch, squared_norm, trace and the
                                averaged noise_scale, a row a measurement.
                                Default: none. Example: --csv noise.csv
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        Batches far below the noise scale waste updates, batches far above it samples.

        """;
}
