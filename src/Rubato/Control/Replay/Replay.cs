using System.Collections.Immutable;

namespace Rubato.Control;

/// <summary>What a controller makes of recorded losses, one after another, as if its rates had led to them.</summary>
/// <remarks>Immutable; equality is by reference.</remarks>
public sealed class Replay
{
    private Replay(Controller controller, ControllerState state, ImmutableArray<ReplayedUpdate> updates) =>
        (Controller, State, Updates) = (controller, state, updates);

    /// <summary>The controller.</summary>
    public Controller Controller { get; }

    /// <summary>Its memory at the end.</summary>
    public ControllerState State { get; }

    /// <summary>Each update.</summary>
    public ImmutableArray<ReplayedUpdate> Updates { get; }

    /// <summary>Gives a controller the losses of a run.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="losses">The loss of each update; one that is not finite counts as an update, too.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>
    /// What came of it up to the last loss or the end of the plan. After the warm-up of an <see cref="AutoWarmup"/> losses decide nothing:
    /// it then goes on to the end of the plan.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Replay From(Controller controller, IReadOnlyList<double> losses, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(losses);
        var driver = new Driver(controller);
        var updates = ImmutableArray.CreateBuilder<ReplayedUpdate>();
        while ((IsDecided(driver.State) || driver.Progress.Updates < losses.Count) && driver.TryNext(out _))
        {
            cancellation.ThrowIfCancellationRequested();
            var before = driver.State;
            driver.Advance(IsDecided(before) ? double.NaN : losses[(int)driver.Progress.Updates]);
            updates.Add(new ReplayedUpdate(driver.LastObservation, before, driver.State, driver.Events));
        }

        return new Replay(controller, driver.State, updates.DrainToImmutable());
    }

    private static bool IsDecided(ControllerState state) => state is AutoWarmupState { Switch: not null };
}
