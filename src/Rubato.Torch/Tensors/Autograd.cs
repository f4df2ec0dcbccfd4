using Rubato.Torch.Interop;

namespace Rubato.Torch.Tensors;

/// <summary>Switches the recording of the graph on this thread.</summary>
public static class Autograd
{
    /// <summary>Nothing is recorded on this thread until the returned value is disposed.</summary>
    /// <returns>Dispose it to go back to what was before.</returns>
    public static Pause NoGrad() => new(NativeMethods.rt_set_grad_mode(0) != 0);

    /// <summary>A stretch without recording.</summary>
    public readonly ref struct Pause
    {
        private readonly bool _wasEnabled;

        internal Pause(bool wasEnabled) => _wasEnabled = wasEnabled;

        /// <summary>Goes back to what was before.</summary>
        public void Dispose() => _ = NativeMethods.rt_set_grad_mode(_wasEnabled ? 1 : 0);
    }
}
