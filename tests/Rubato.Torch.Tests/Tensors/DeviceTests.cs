using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed class DeviceTests
{
    [Fact]
    public void Parse_Cpu_IsTheDefault()
    {
        Assert.Equal(default, Device.Parse("cpu"));
        Assert.Equal("cpu", Device.Cpu.ToString());
        Assert.Equal("cuda:3", Device.Cuda(3).ToString());
    }

    [Fact]
    public void Parse_Auto_IsTheFirstCudaDeviceOrTheCpu() =>
        Assert.Equal(Engine.CudaDevices > 0 ? Device.Cuda(0) : Device.Cpu, Device.Parse("auto"));

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1.5")]
    [InlineData("cuda:99999999999")]
    public void Parse_NoDevice_SaysTheForms(string text) =>
        Assert.Equal(
            $"--device {text} is no device; write auto, cpu, cuda or cuda:N.",
            Assert.Throws<InvalidInputException>(() => Device.Parse(text)).Message);

    [Fact]
    public void Parse_CudaDeviceThatIsNotThere_SaysHowManyThereAre() =>
        Assert.Equal(
            $"--device cuda:250 is not there: this libtorch ({Engine.LibtorchVersion}) sees {Engine.CudaDevices} CUDA devices; "
            + "use --device cpu, or set LIBTORCH to a CUDA build.",
            Assert.Throws<InvalidInputException>(() => Device.Parse("cuda:250")).Message);
}
