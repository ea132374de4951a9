# What can be done with this checkout? `make` alone lists it. Only python3 (with venv) and make are assumed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV

BIN := .venv/bin
ARCH ?= $(shell uname -m)
ADDRESS ?= 127.0.0.1:8000
# Tests run in as many processes as there are cores; `make test JOBS=0` runs them in one.
JOBS ?= auto
# How many damaged files `make fuzz` reads in all, over as many runs as it takes; SEED=… begins a series of its own.
N ?= 1000000

.PHONY: help run-ready dev-ready demo test fuzz lint format types bench shots bundle lock static clean

help: ## 列出全部命令
	@echo '用法：make 命令'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run-ready:
	@tools/setup.sh run

dev-ready:
	@tools/setup.sh dev

demo: run-ready ## 准备环境，核对随附的样例年报，制作演示单位，然后在本机 127.0.0.1:8000 打开公开平台和工作台
	@echo '核对随附的样例年报（samples 目录，单位均为虚构）：'
	@$(BIN)/gongkai check $$(cut -f1 samples/demo.txt | sed 's|^|samples/|') || [ $$? -eq 1 ]
	@echo
	@echo '上面的差错是样例中有意留下的。'
	@echo
	@echo '准备演示单位，第一次需要半分钟左右……'
	@$(BIN)/gongkai demo --data var --address $(ADDRESS)
	@$(BIN)/gongkai serve --data var --address $(ADDRESS)

test: dev-ready ## 准备环境并运行全部测试
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(if $(COVERAGE),--cov --cov-report=term:skip-covered)

fuzz: dev-ready ## 用损坏的文件考验读取，例如 make fuzz N=20000；中断后再运行接着做
	@$(BIN)/python -m tools.fuzz --count $(N) --jobs $(if $(filter auto,$(JOBS)),$$(nproc),$(JOBS)) --resume build/fuzz/progress.json $(if $(SEED),--seed $(SEED))

lint: dev-ready ## 检查代码：风格、类型、模块间的引用
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy --config-file tools/mypy-web.ini
	@$(BIN)/lint-imports --no-cache

format: dev-ready ## 整理代码格式
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: dev-ready ## 测量速度，与同一次运行中的参照相比
	@$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements/bench.txt
	@$(BIN)/python -m bench

shots: dev-ready ## 拍下各个页面在三种宽度下的图片并检查
	@$(BIN)/python -m tools.shots

bundle: run-ready ## 制作离线安装包，例如 make bundle ARCH=aarch64
	@$(BIN)/python tools/bundle.py --arch $(ARCH)

lock: dev-ready ## 重新锁定依赖版本（requirements/*.in → *.txt）
	@tools/lock.sh $(if $(UPGRADE),--upgrade)

static: run-ready ## 生成网页样式和脚本
	@echo '网页样式和脚本已在 src/gongkai_web/static_vendor。'

clean: ## 删除运行环境和生成的文件
	@rm -rf .venv build dist frontend/node_modules src/gongkai_web/static_vendor src/*.egg-info
