#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <malloc.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <climits>

#include "guard.h"
#include "handles.h"

using namespace rubato;

namespace {

at::Generator generator(int32_t device) {
  return at::globalContext().defaultGenerator(unpack_device(device));
}

} // namespace

const char* rt_last_error(void) {
  return last_error().c_str();
}

const char* rt_libtorch_version(void) {
  return TORCH_VERSION;
}

void rt_initialize(void) {
  // Activations are larger than glibc's limit for the heap: each would be mapped and unmapped, and every page of it faulted in
  // anew, at every step (a third of a convnet step here). Kept on the heap and never trimmed, they are reused.
  if (mallopt(M_MMAP_THRESHOLD, 1 << 30) == 0) {
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the most that glibc before 2.35 accepts
  }
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

rt_status rt_set_threads(int32_t threads) {
  return guarded([&] { at::set_num_threads(threads); });
}

int32_t rt_threads(void) {
  return at::get_num_threads();
}

int32_t rt_cuda_devices(void) {
  int32_t devices = 0;
  const auto status = guarded([&] { devices = torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; });
  return status == RT_OK ? devices : 0;
}

rt_status rt_synchronize(int32_t packed) {
  return guarded([&] {
    const auto device = unpack_device(packed);
    if (device.is_cuda()) {
      torch::cuda::synchronize(device.index());
    }
  });
}

rt_status rt_manual_seed(int64_t seed) {
  return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

rt_status rt_random_state(int32_t device, rt_tensor* state) {
  return guarded([&] {
    auto source = generator(device);
    const std::lock_guard<std::mutex> lock(source.mutex());
    *state = give(source.get_state());
  });
}

rt_status rt_set_random_state(int32_t device, rt_tensor state) {
  return guarded([&] {
    auto source = generator(device);
    const std::lock_guard<std::mutex> lock(source.mutex());
    source.set_state(borrow(state));
  });
}
