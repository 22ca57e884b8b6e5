import express from 'express'
import { limitPage } from './limit.ts'

/** What Express alone does on this machine: no middleware, one page from memory. */
express().get('/', (_req, res) => void res.type('html').send(limitPage)).listen(Number(process.argv[2]), '127.0.0.1')
